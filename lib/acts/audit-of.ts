import type { Viewer } from "../model/index.ts";
import type { AuditRecord } from "../store/index.ts";

/** The audit line of an act of this viewer. */
export function auditOf(viewer: Viewer, line: Pick<AuditRecord, "act" | "target" | "detail">): AuditRecord {
  switch (viewer.kind) {
    case "anonymous":
      return { actor: "anonymous", actorName: "", ...line };
    case "machine":
      return { actor: `machine:${viewer.tokenId}`, actorName: viewer.name, ...line };
    case "person":
      return {
        actor: `person:${viewer.userId}`,
        actorName: viewer.name,
        ...line,
        detail: viewer.via === "token" ? { ...line.detail, via: "token" } : line.detail,
      };
  }
}
