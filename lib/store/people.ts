import type { Database } from "./database.ts";

/** A person as the identity provider described them at the last sign-in. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  /** True where an API that is still there names one of the groups as its owner. */
  readonly ownsSomething: boolean;
};

/** Whom an identity provider knows: issuer and subject together are the key, never the e-mail address. */
export type AccountKey = { readonly issuer: string; readonly subject: string };

/**
 * Keeps what the identity provider said at a sign-in, replacing name, address and groups of an earlier one; makes the person
 * at the first. Two sign-ins at once are one person: run it in a transaction.
 */
export async function rememberPerson(
  tx: Database,
  given: AccountKey & { readonly name: string; readonly email: string | null; readonly groups: readonly string[] },
): Promise<string> {
  const { issuer, subject, name, email } = given;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 0))`;
  const account = await tx.account.findUnique({ where: { issuer_subject: { issuer, subject } } });
  const user =
    account === null
      ? await tx.user.create({ data: { name, email, accounts: { create: { issuer, subject } } } })
      : await tx.user.update({ where: { id: account.userId }, data: { name, email } });
  await tx.userGroup.deleteMany({ where: { userId: user.id } });
  await tx.userGroup.createMany({ data: [...new Set(given.groups)].map((group) => ({ userId: user.id, group })) });
  return user.id;
}

/** The id of the person with this account, or null. */
export async function findPersonId(db: Database, key: AccountKey): Promise<string | null> {
  const { issuer, subject } = key;
  const account = await db.account.findUnique({ where: { issuer_subject: { issuer, subject } } });
  return account?.userId ?? null;
}

/** A person with the groups of now, or null. */
export async function readPerson(db: Database, userId: string): Promise<Person | null> {
  const user = await db.user.findUnique({ where: { id: userId }, include: { groups: true } });
  if (user === null) return null;
  const groups = user.groups.map(({ group }) => group).sort();
  return { id: user.id, name: user.name, email: user.email, groups, ownsSomething: await ownsSomething(db, groups) };
}

/** Whether an API that is still there names one of the groups as its owner. */
export async function ownsSomething(db: Database, groups: readonly string[]): Promise<boolean> {
  if (groups.length === 0) return false;
  const row = await db.api.findFirst({
    where: { owner: { in: [...groups] }, retiredAt: null },
    select: { id: true },
  });
  return row !== null;
}
