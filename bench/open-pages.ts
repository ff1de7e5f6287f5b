import { randomBytes } from "node:crypto";
import { sha256Hex } from "../lib/base/index.ts";
import { insertSession, openStore, rememberPerson } from "../lib/store/index.ts";
import type { Portal } from "../test/portal/start-portal.ts";
import type { Routed } from "./fill-cluster.ts";

type Times = { readonly catalogue: readonly number[]; readonly api: readonly number[] };

export type Pages = {
  /** Milliseconds of one request after the other, to both pages in turn, while the work is done, and at least so many rounds. */
  measure(work: () => Promise<void>, roundsMin?: number): Promise<Times>;
};

const hourMs = 60 * 60 * 1000;

/** Somebody who is signed in and looks at the catalogue and at the pages of APIs. */
export async function openPages(portal: Portal, routed: readonly Routed[]): Promise<Pages> {
  const store = openStore({ databaseUrl: portal.databaseUrl });
  const token = randomBytes(32).toString("base64url");
  const now = new Date();
  const userId = await store.transaction((tx) =>
    rememberPerson(tx, { issuer: "https://issuer.example", subject: "bench", name: "Bench", email: null, groups: [] }),
  );
  const expiresAt = new Date(now.getTime() + hourMs);
  await insertSession(store.db, { tokenHash: sha256Hex(token), userId, createdAt: now, expiresAt });
  await store.close();
  const [url = ""] = portal.webUrls;

  async function open(path: string, expected: string): Promise<number> {
    const startedMs = performance.now();
    const response = await fetch(url + path, {
      redirect: "manual",
      headers: { cookie: `gatebook-session=${token}`, accept: "text/html" },
    });
    const text = await response.text();
    if (response.status !== 200 || !text.includes(expected))
      throw new Error(`${path} answered ${String(response.status)} without ${expected}.`);
    return performance.now() - startedMs;
  }

  return {
    async measure(work, roundsMin = 0) {
      const catalogue: number[] = [];
      const api: number[] = [];
      let isDone = false;
      const working = work().finally(() => {
        isDone = true;
      });
      for (let round = 0; !isDone || round < roundsMin; round += 1) {
        // Not one of those that the storm changes, whose names may move.
        const shown = routed.at(-1 - (round % 100));
        if (shown === undefined) throw new Error("There is no API to look at.");
        catalogue.push(await open("/", "/apis/"));
        api.push(await open(`/apis/${shown.namespace}/${shown.name}`, shown.name));
      }
      await working;
      return { catalogue, api };
    },
  };
}
