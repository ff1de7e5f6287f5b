import type { SourceStatus } from "../model/index.ts";
import type { ClusterReader } from "./cluster-reader.ts";

/** What the admin page says of each list of a reader. `version` is the preferred accepted one while none is known. */
export function describeLists(reader: ClusterReader): readonly SourceStatus[] {
  return reader.lists().map((list) => ({
    cluster: reader.cluster,
    group: list.ref.group,
    version: list.servedVersion() ?? list.ref.versions[0] ?? "",
    kind: list.ref.kind,
    state: list.state(),
    objectCount: list.objects().length,
    confirmedAt: list.confirmedAt(),
    lagMs: list.lagMs(),
  }));
}
