import { Client } from "pg";
import { z } from "zod";
import type { Logger } from "../base/index.ts";
import { lifecycles, mainLine } from "../model/index.ts";
import type { Database } from "./database.ts";

const storeEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("api"), apiId: z.string() }),
  z.object({
    type: z.literal("version"),
    apiId: z.string(),
    line: z.string().default(mainLine),
    number: z.int(),
    lifecycle: z.enum(lifecycles),
  }),
  z.object({ type: z.literal("notice"), noticeId: z.string() }),
  z.object({ type: z.literal("sources"), cluster: z.string() }),
]);

/** Something that moved in the store; says what, never the content. */
export type StoreEvent = Readonly<z.infer<typeof storeEventSchema>>;

const channel = "gatebook";
const pingEveryMs = 15_000;
const pingTimeoutMs = 10_000;
const retryMs = { first: 100, most: 5_000 };

/** Tells every listener, exactly when the transaction commits. */
export async function publishEvent(tx: Database, event: StoreEvent): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(event)})`;
}

/** Tells of many in one statement. */
export async function publishEvents(tx: Database, events: readonly StoreEvent[]): Promise<void> {
  if (events.length === 0) return;
  const payloads = events.map((event) => JSON.stringify(event));
  await tx.$executeRaw`SELECT pg_notify(${channel}, payload) FROM unnest(${payloads}::text[]) AS payload`;
}

/**
 * Hears what `publishEvent` tells, on a connection of its own, for as long as the process wants. A lost connection is opened
 * again with growing waits; `onState("listening")` after `onState("lost")` means that events may have been missed in between,
 * so the caller reads again what it shows. Never throws; a payload that is none of ours is passed over.
 */
export function listenEvents(options: {
  readonly databaseUrl: string;
  readonly onEvent: (event: StoreEvent) => void;
  readonly onState?: (state: "listening" | "lost") => void;
  readonly logger?: Logger;
}): { stop(): Promise<void> } {
  let stopped = false;
  let wake = (): void => undefined;
  let current: Client | null = null;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** One connection, from its opening to its end; true where it was ever listening. */
  async function listenOnce(): Promise<boolean> {
    const client = new Client({
      connectionString: options.databaseUrl,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      query_timeout: pingTimeoutMs,
    });
    current = client;
    let isListening = false;
    const ended = new Promise<void>((resolve) => {
      client.on("error", () => {
        resolve();
      });
      client.on("end", () => {
        resolve();
      });
    });
    client.on("notification", ({ payload }) => {
      const event = storeEventSchema.safeParse(parseJson(payload ?? ""));
      if (event.success) options.onEvent(event.data);
    });
    let ping: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      isListening = true;
      options.onState?.("listening");
      // A connection that a firewall dropped says nothing; only a question shows it.
      ping = setInterval(() => {
        client.query("SELECT 1").catch(() => void client.end().catch(() => undefined));
      }, pingEveryMs);
      await ended;
    } catch (err) {
      if (!stopped) options.logger?.debug({ err }, "the event connection cannot be opened");
    } finally {
      clearInterval(ping);
      await Promise.race([client.end().catch(() => undefined), pause(1_000)]);
      current = null;
    }
    return isListening;
  }

  async function listen(): Promise<void> {
    let wait = retryMs.first;
    while (!stopped) {
      const wasListening = await listenOnce();
      if (stopped) return;
      if (wasListening) {
        wait = retryMs.first;
        options.onState?.("lost");
      }
      await pause(wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, retryMs.most);
    }
  }

  const running = listen();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await current?.end().catch(() => undefined);
      await running;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's word on our channel.
    return null;
  }
}
