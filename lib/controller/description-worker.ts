import { parentPort } from "node:worker_threads";
import { compareDescriptions } from "../diff/index.ts";
import { readWhole } from "./read-whole.ts";
import type { ThreadAnswer, ThreadRequest } from "./description-thread.ts";

/** The other end of `openDescriptionThread`. */
function answer(request: ThreadRequest): ThreadAnswer {
  const { id } = request;
  try {
    switch (request.kind) {
      case "read":
        return { id, kind: "read", result: readWhole(request.body, request.addition, request.bytesMax) };
      case "compare":
        return { id, kind: "compare", changes: compareDescriptions(request.base, request.revision) };
    }
  } catch (err) {
    // Told to the asking side, which knows what it was about.
    return { id, kind: "failed", message: err instanceof Error ? err.message : String(err) };
  }
}

parentPort?.on("message", (request: ThreadRequest) => {
  parentPort?.postMessage(answer(request));
});
