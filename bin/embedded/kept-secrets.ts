import { generateKeyPair, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const signingKey = z
  .object({
    kty: z.literal("RSA"),
    n: z.string(),
    e: z.string(),
    d: z.string(),
    kid: z.string(),
    use: z.literal("sig"),
  })
  .loose();

const keptSecrets = z.object({
  sessionSecret: z.string().min(32),
  oidcClientSecret: z.string().min(32),
  oidcCookieKey: z.string().min(32),
  oidcSigningKey: signingKey,
});

/** What a first run makes up once and keeps, so that sessions outlive a restart. */
export type KeptSecrets = z.infer<typeof keptSecrets>;

async function makeSecrets(): Promise<KeptSecrets> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const text = (): string => randomBytes(36).toString("base64url");
  return keptSecrets.parse({
    sessionSecret: text(),
    oidcClientSecret: text(),
    oidcCookieKey: text(),
    oidcSigningKey: {
      ...privateKey.export({ format: "jwk" }),
      kid: randomBytes(8).toString("hex"),
      use: "sig",
      alg: "RS256",
    },
  });
}

/** Reads the secrets of `path`, or makes and writes them (readable by their owner only) where there are none or broken ones. */
export async function readOrMakeSecrets(path: string): Promise<KeptSecrets> {
  try {
    const parsed = keptSecrets.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (parsed.success) return parsed.data;
  } catch (err) {
    const absent = err instanceof Error && "code" in err && err.code === "ENOENT";
    if (!absent && !(err instanceof SyntaxError)) throw err;
  }
  const made = await makeSecrets();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.draft`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${path}.draft`, path);
  return made;
}
