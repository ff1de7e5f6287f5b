import { Worker } from "node:worker_threads";
import { compareDescriptions } from "../diff/index.ts";
import type { Change, Description, DescriptionAddition, DescriptionResult } from "../model/index.ts";
import { readWhole } from "./read-whole.ts";

/** Reads and compares descriptions; large ones in a thread of their own, so that nothing else waits for them. */
export type DescriptionThread = {
  /** `addition` is put into the document before it is digested. */
  read(body: Uint8Array, addition?: DescriptionAddition | null): Promise<DescriptionResult>;
  compare(base: Description, revision: Description): Promise<readonly Change[]>;
  stop(): Promise<void>;
};

export type ThreadRequest =
  | {
      readonly id: number;
      readonly kind: "read";
      readonly body: Uint8Array;
      readonly addition: DescriptionAddition | null;
      readonly bytesMax: number;
    }
  | { readonly id: number; readonly kind: "compare"; readonly base: Description; readonly revision: Description };

export type ThreadAnswer =
  | { readonly id: number; readonly kind: "read"; readonly result: DescriptionResult }
  | { readonly id: number; readonly kind: "compare"; readonly changes: readonly Change[] }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };

type Waiting = { readonly settle: (answer: ThreadAnswer) => void; readonly fail: (err: Error) => void };

/** Below this, handing a document over costs more than it saves: some 10 ms of work. */
const inlineBytesMax = 128 * 1024;
const inlineOperationsMax = 60;
/** A document that takes longer than this is not worth it: the thread is ended and the next gets a new one. */
const answerMsMax = 120_000;

/** Opens the thread when the first large document comes. What it cannot do within two minutes or 2 GiB is a failure. */
export function openDescriptionThread(options: { readonly bytesMax: number }): DescriptionThread {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const drop = (reason: string): void => {
    const failed = [...waiting.values()];
    waiting.clear();
    worker = null;
    for (const { fail } of failed) fail(new Error(reason));
  };

  const start = (): Worker => {
    const made = new Worker(new URL("./description-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    made.unref();
    made.on("message", (answer: ThreadAnswer) => {
      waiting.get(answer.id)?.settle(answer);
      waiting.delete(answer.id);
    });
    made.on("error", (err: unknown) => {
      if (worker === made)
        drop(`The description could not be worked on: ${err instanceof Error ? err.message : String(err)}`);
    });
    made.on("exit", () => {
      if (worker === made) drop("The description took more time or memory than there is for one.");
    });
    return made;
  };

  const ask = async (request: ThreadRequest): Promise<ThreadAnswer> => {
    worker ??= start();
    const used = worker;
    const timer = setTimeout(() => void used.terminate(), answerMsMax);
    try {
      const answer = await new Promise<ThreadAnswer>((settle, fail) => {
        waiting.set(request.id, { settle, fail });
        used.postMessage(request);
      });
      if (answer.kind === "failed") throw new Error(answer.message);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async read(body, addition = null) {
      const { bytesMax } = options;
      if (body.byteLength <= inlineBytesMax) return readWhole(body, addition, bytesMax);
      lastId += 1;
      const answer = await ask({ id: lastId, kind: "read", body, addition, bytesMax });
      if (answer.kind !== "read") throw new Error("The thread answered another question.");
      return answer.result;
    },
    async compare(base, revision) {
      const operations = Math.max(base.operations.length, revision.operations.length);
      if (operations <= inlineOperationsMax) return compareDescriptions(base, revision);
      lastId += 1;
      const answer = await ask({ id: lastId, kind: "compare", base, revision });
      if (answer.kind !== "compare") throw new Error("The thread answered another question.");
      return answer.changes;
    },
    async stop() {
      const used = worker;
      drop("The controller stops.");
      await used?.terminate();
    },
  };
}
