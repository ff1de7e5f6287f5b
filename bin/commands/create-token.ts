import { randomBytes } from "node:crypto";
import { sha256Hex } from "../../lib/base/index.ts";
import { baseSettings, readSettings } from "../../lib/env/index.ts";
import type { Role } from "../../lib/model/index.ts";
import { appendAudit, insertToken, openStore } from "../../lib/store/index.ts";
import { requireDatabase } from "../checks/database.ts";
import { withRunningDatabase } from "../embedded/running-database.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * `gatebook token create`: makes a token for a machine and prints it, once; the database keeps its hash. Whoever can read
 * DATABASE_URL may do this, which is why it asks for nobody's consent and is written to the audit log. Without DATABASE_URL it
 * is for the portal that `gatebook start` runs here.
 */
export async function createToken(options: {
  readonly name: string;
  readonly role: Role;
  readonly groups: readonly string[];
  readonly days: number;
}): Promise<void> {
  const settings = readSettings(baseSettings.pick({ DATABASE_URL: true }), withRunningDatabase(process.env));
  await requireDatabase(settings.DATABASE_URL);
  const secret = `gbt_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + options.days * dayMs);
  const store = openStore({ databaseUrl: settings.DATABASE_URL, poolSizeMax: 1 });
  try {
    await store.transaction(async (tx) => {
      const token = await insertToken(tx, {
        name: options.name,
        hint: secret.slice(0, 8),
        tokenHash: sha256Hex(secret),
        userId: null,
        role: options.role,
        groups: options.groups,
        expiresAt,
      });
      await appendAudit(tx, {
        actor: "command-line",
        actorName: "gatebook token create",
        act: "token.create",
        target: `token:${token.id}`,
        detail: { name: options.name, role: options.role, groups: options.groups, expiresAt: expiresAt.toISOString() },
      });
    });
  } finally {
    await store.close();
  }
  process.stdout.write(`${secret}\n`);
  process.stderr.write(`Valid until ${expiresAt.toISOString().slice(0, 10)}. It is shown this once.\n`);
}
