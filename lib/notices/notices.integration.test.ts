import { createServer } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLogger } from "../base/index.ts";
import type { Visibility } from "../model/index.ts";
import { commitVersion, planVersion } from "../versions/index.ts";
import { groupsOnly, makeApi, makeDescription, makeFollower } from "../../test/integration/make-api.ts";
import type { MadeDescription } from "../../test/integration/make-api.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { listenEvents, runJobs } from "../store/index.ts";
import type { StoreEvent } from "../store/index.ts";
import { createMailTask, createTeller } from "./index.ts";

let database: TestDatabase;
const logger = createLogger("test", "silent");
const one = makeDescription(["age"]);
const two = makeDescription(["age", "income"]);
const adminGroups = ["platform"];

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await database.drop();
});

type Serving = { readonly apiId: string; readonly visibility: Visibility; readonly mail?: boolean };

/** Moves the versions of an API as the controller does, and tells. */
async function serve(
  { apiId, visibility, mail = false }: Serving,
  made: MadeDescription,
  lifecycle: "current" | "upcoming" = "current",
): Promise<number> {
  const tell = createTeller({ adminGroups, mail });
  const now = new Date();
  const input = {
    apiId,
    ...made,
    line: "main",
    source: "cluster",
    origin: "fetched",
    lifecycle,
    servedBy: null,
    now,
  } as const;
  const plan = await planVersion(database.store.db, input);
  if (plan === null) throw new Error("There is no such API.");
  return database.store.transaction(async (tx) =>
    tell(tx, { outcome: await commitVersion(tx, plan), api: { id: apiId, visibility, owner: "fraud" }, now }),
  );
}

describe("followers", () => {
  test("are told as their level says, and only where they may still see the API", async () => {
    const visibility = groupsOnly("apps");
    const apiId = await makeApi(database.store, "churn", { visibility });
    const told = [
      await makeFollower(database.store, apiId, { name: "by default", groups: ["apps"] }),
      await makeFollower(database.store, apiId, { name: "of all", groups: ["apps"], level: "all" }),
      await makeFollower(database.store, apiId, { name: "owner", groups: ["fraud"] }),
      await makeFollower(database.store, apiId, { name: "admin", groups: ["platform"] }),
    ];
    await makeFollower(database.store, apiId, { name: "of none", groups: ["apps"], level: "none" });
    await makeFollower(database.store, apiId, { name: "who lost the group", groups: ["other"] });

    expect(await serve({ apiId, visibility }, one)).toBe(0);
    expect(await serve({ apiId, visibility }, two, "upcoming")).toBe(4);
    expect(await serve({ apiId, visibility }, two)).toBe(4);
    expect(await serve({ apiId, visibility }, two)).toBe(0);
    const notices = await database.store.db.notice.findMany({
      include: { recipients: true },
      orderBy: { createdAt: "asc" },
    });
    expect(notices.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual(["upcoming breaking", "current breaking"]);
    for (const notice of notices) {
      expect(notice.recipients.map(({ userId }) => userId).sort()).toEqual([...told].sort());
      expect(notice.advice).not.toBe("");
    }
  });

  test("hear of it exactly when the transaction commits", async () => {
    const visibility = { kind: "signed-in" } as const;
    const apiId = await makeApi(database.store, "churn");
    await makeFollower(database.store, apiId, { name: "somebody" });
    await serve({ apiId, visibility }, one);
    const events: StoreEvent[] = [];
    const states: string[] = [];
    const listener = listenEvents({
      databaseUrl: database.url,
      onEvent: (event) => events.push(event),
      onState: (state) => states.push(state),
    });
    try {
      await waitUntil("the listener", () => states.includes("listening"));
      await expect(
        database.store.transaction(async (tx) => {
          const plan = await planVersion(tx, {
            apiId,
            ...two,
            line: "main",
            source: "cluster",
            origin: "fetched",
            lifecycle: "current",
            servedBy: null,
            now: new Date(),
          });
          if (plan === null) throw new Error("There is no such API.");
          const outcome = await commitVersion(tx, plan);
          await createTeller({ adminGroups, mail: false })(tx, {
            outcome,
            api: { id: apiId, visibility, owner: null },
            now: new Date(),
          });
          throw new Error("The process dies here.");
        }),
      ).rejects.toThrow("dies here");
      await serve({ apiId, visibility }, two);
      await waitUntil("the notice", () => events.find(({ type }) => type === "notice"));
      expect(events.map(({ type }) => type).sort()).toEqual(["notice", "version"]);

      // The listener comes back after a lost connection, and says that there was a gap.
      await database.store.db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE 'LISTEN%' AND datname = current_database()`;
      await waitUntil("the listener again", () => states.join(" ") === "listening lost listening");
      await serve({ apiId, visibility }, one);
      await waitUntil("the next notice", () => events.filter(({ type }) => type === "notice").length === 2);
    } finally {
      await listener.stop();
    }
  });
});

describe("mail", () => {
  type Received = { readonly from: string; readonly to: readonly string[]; readonly text: string };

  async function startSmtp(answer: (count: number) => Error | null) {
    const received: Received[] = [];
    let asked = 0;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, session, done) => {
        let text = "";
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
        stream.on("end", () => {
          asked += 1;
          const refusal = answer(asked);
          const from = session.envelope.mailFrom;
          if (refusal === null) {
            received.push({
              from: from === false ? "" : from.address,
              to: session.envelope.rcptTo.map(({ address }) => address),
              text,
            });
          }
          done(refusal);
        });
      },
    });
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, "127.0.0.1", () => {
        const address = listening.address();
        resolve(address !== null && typeof address !== "string" ? address.port : 0);
      });
    });
    return {
      received,
      url: `smtp://127.0.0.1:${String(port)}`,
      stop: () =>
        new Promise<void>((resolve) =>
          server.close(() => {
            resolve();
          }),
        ),
    };
  }

  test("reaches each recipient with an address once, also where the server refuses at first", async () => {
    const smtp = await startSmtp((count) => (count === 1 ? new Error("Come back later.") : null));
    const visibility = { kind: "signed-in" } as const;
    const apiId = await makeApi(database.store, "churn");
    await makeFollower(database.store, apiId, { name: "Carla", email: "carla@example.com" });
    await makeFollower(database.store, apiId, { name: "Otto", email: "otto@example.com" });
    await makeFollower(database.store, apiId, { name: "no address" });
    await serve({ apiId, visibility, mail: true }, one);
    expect(await serve({ apiId, visibility, mail: true }, two)).toBe(3);

    const mail = createMailTask({
      store: database.store,
      smtpUrl: smtp.url,
      from: "Gatebook <gatebook@example.com>",
      publicUrl: "https://portal.example.com",
      adminGroups,
    });
    const jobs = await runJobs({ databaseUrl: database.url, logger, tasks: { "mail-notice": mail.run } });
    try {
      await waitUntil("both mails", () => smtp.received.length === 2);
      expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(["carla@example.com", "otto@example.com"]);
      const [first] = smtp.received;
      expect(first?.text).toContain("Subject: Breaking change: Churn");
      expect(first?.text).toContain("https://portal.example.com/apis/team/churn/changelog");
      await waitUntil(
        "both to be noted",
        async () => (await database.store.db.noticeRecipient.count({ where: { mailedAt: { not: null } } })) === 2,
      );
      // A job that is delivered twice sends nothing the second time.
      const recipients = await database.store.db.noticeRecipient.findMany({ where: { mailedAt: { not: null } } });
      for (const { noticeId, userId } of recipients) await mail.run({ noticeId, userId });
      expect(smtp.received).toHaveLength(2);
    } finally {
      await jobs.stop();
      mail.close();
      await smtp.stop();
    }
  });

  test("is not sent to who lost the right to see the API since", async () => {
    const smtp = await startSmtp(() => null);
    const visibility = groupsOnly("apps");
    const apiId = await makeApi(database.store, "churn", { visibility });
    const userId = await makeFollower(database.store, apiId, {
      name: "Carla",
      groups: ["apps"],
      email: "c@example.com",
    });
    await serve({ apiId, visibility, mail: true }, one);
    await serve({ apiId, visibility, mail: true }, two);
    await database.store.db.userGroup.deleteMany({ where: { userId } });
    const { id: noticeId } = await database.store.db.notice.findFirstOrThrow();
    const mail = createMailTask({
      store: database.store,
      smtpUrl: smtp.url,
      from: "g@example.com",
      publicUrl: "https://portal.example.com",
      adminGroups,
    });
    await mail.run({ noticeId, userId });
    mail.close();
    await smtp.stop();
    expect(smtp.received).toEqual([]);
  });

  test("that cannot be handed over fails, so that the queue tries again", async () => {
    const free = createServer();
    const port = await new Promise<number>((resolve) =>
      free.listen(0, "127.0.0.1", () => {
        const address = free.address();
        resolve(address !== null && typeof address !== "string" ? address.port : 0);
      }),
    );
    await new Promise((resolve) => free.close(resolve));
    const visibility = { kind: "signed-in" } as const;
    const apiId = await makeApi(database.store, "churn");
    const userId = await makeFollower(database.store, apiId, { name: "Carla", email: "c@example.com" });
    await serve({ apiId, visibility, mail: true }, one);
    await serve({ apiId, visibility, mail: true }, two);
    const { id: noticeId } = await database.store.db.notice.findFirstOrThrow();
    const mail = createMailTask({
      store: database.store,
      smtpUrl: `smtp://127.0.0.1:${String(port)}`,
      from: "g@example.com",
      publicUrl: "https://portal.example.com",
      adminGroups,
    });
    await expect(mail.run({ noticeId, userId })).rejects.toThrow(/ECONNREFUSED/);
    expect(await database.store.db.noticeRecipient.count({ where: { mailedAt: null } })).toBe(1);
    mail.close();
  });
});
