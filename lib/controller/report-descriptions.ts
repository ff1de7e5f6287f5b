import { formatObjectKey, pagePathOf } from "../model/index.ts";
import type { DescribedObject, Discovery } from "../model/index.ts";
import { readDescribedApis } from "../store/index.ts";
import { makeStatus, statusText } from "./description-status.ts";
import type { StatusInput } from "./description-status.ts";
import type { LiveApi } from "./memory.ts";
import { controllerMetrics } from "./metrics.ts";
import type { Term } from "./term.ts";

/** The operator of ApiDescriptions: what became of each is written into its status, soon when it changes and now and then. */
export type DescriptionReport = {
  /** Takes what discovery said last. */
  note(discovery: Discovery): void;
  /** Takes that something of this API was stored. */
  stir(apiId: string): void;
  /** Writes what is due; one round at a time. Resolves when none is under way. */
  flush(): Promise<void>;
};

const everythingEveryMs = 60_000;

/** Two APIs of one namespace and name have the kind in the paths of their pages. */
function isAmbiguous(places: ReadonlyMap<string, number>, { namespace, name }: LiveApi["api"]["key"]): boolean {
  return (places.get(`${namespace}/${name}`) ?? 0) > 1;
}

export function createDescriptionReport(term: Term): DescriptionReport {
  const { edges, memory, store, clock, logger } = term;
  let discovery: Discovery | null = null;
  let stirred = new Set<string>();
  /** What each came to when it was last looked at: the same objects need no other look. */
  let seen = new Map<string, DescribedObject>();
  /** What was written over which status, by uid: until the list has it, it is not written again. */
  const written = new Map<string, { readonly text: string; readonly over: string }>();
  let looked: Discovery | null = null;
  let everythingAt = 0;
  let running: Promise<void> | null = null;

  const idOf = ({ api }: DescribedObject): string | null =>
    api === null ? null : (memory.known.get(formatObjectKey(api))?.id ?? null);

  function isDue(object: DescribedObject, noted: ReadonlySet<string>): boolean {
    const before = seen.get(object.uid);
    const id = idOf(object);
    return before === undefined || (id !== null && noted.has(id)) || JSON.stringify(before) !== JSON.stringify(object);
  }

  async function inputsOf(said: Discovery, due: readonly DescribedObject[]): Promise<readonly StatusInput[]> {
    const lives = new Map(
      due.flatMap((object) => {
        const live = memory.live.get(idOf(object) ?? "");
        return live === undefined ? [] : [[object.uid, live] as const];
      }),
    );
    const stored = await readDescribedApis(store.db, [...new Set([...lives.values()].map(({ id }) => id))]);
    const places = new Map<string, number>();
    for (const { api } of memory.live.values()) {
      const place = `${api.key.namespace}/${api.key.name}`;
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    return due.map((object): StatusInput => {
      const live = lives.get(object.uid);
      const found = live === undefined ? undefined : stored.get(live.id);
      const own = new Set([object.key, ...(live?.api.members ?? [])].map(formatObjectKey));
      return {
        object,
        staleKinds: said.staleKinds,
        warnings: said.warnings.flatMap(({ object: about, message }) =>
          own.has(formatObjectKey(about)) ? [message] : [],
        ),
        live:
          live === undefined || found === undefined
            ? null
            : {
                ...live,
                records: memory.acquisitions.get(live.id) ?? new Map(),
                stored: found,
                pageUrl: edges.pageUrl(pagePathOf(live.api.key, isAmbiguous(places, live.api.key))),
              },
      };
    });
  }

  async function writeOne(write: NonNullable<typeof edges.writeStatus>, input: StatusInput): Promise<void> {
    const { object } = input;
    const status = makeStatus(input, clock());
    const text = statusText(status);
    const over = statusText(object.status);
    if (text === over) return;
    const last = written.get(object.uid);
    if (last !== undefined && last.over === over && last.text === text) return;
    const outcome = await write(object.key, status);
    if (outcome.kind !== "failed") {
      written.set(object.uid, { text, over });
      return;
    }
    controllerMetrics.failures.inc({ work: "status" });
    logger.warn(
      { object: formatObjectKey(object.key), reason: outcome.reason, message: outcome.message },
      "the status of an ApiDescription could not be written; it is tried again",
    );
    seen.delete(object.uid);
    looked = null;
  }

  async function round(said: Discovery): Promise<void> {
    const { writeStatus } = edges;
    if (writeStatus === null) return;
    const now = clock().getTime();
    const all = now - everythingAt >= everythingEveryMs;
    if (!all && said === looked && stirred.size === 0) return;
    const noted = stirred;
    stirred = new Set();
    looked = said;
    const due = said.descriptions.filter((object) => all || isDue(object, noted));
    seen = new Map(said.descriptions.map((object) => [object.uid, object]));
    if (all) everythingAt = now;
    if (due.length === 0) return;
    for (const uid of written.keys()) if (!seen.has(uid)) written.delete(uid);
    try {
      for (const input of await inputsOf(said, due)) {
        if (!term.isLeading()) return;
        await writeOne(writeStatus, input);
      }
    } catch (cause) {
      for (const { uid } of due) seen.delete(uid);
      looked = null;
      throw cause;
    }
  }

  return {
    note: (said) => {
      discovery = said;
    },
    stir: (apiId) => {
      stirred.add(apiId);
    },
    flush: async () => {
      if (running === null && discovery !== null && term.isLeading())
        running = round(discovery).finally(() => {
          running = null;
        });
      await running;
    },
  };
}
