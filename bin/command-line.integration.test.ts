import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const entry = fileURLToPath(new URL("gatebook.mjs", import.meta.url));

type Result = { readonly code: number; readonly output: string; readonly errors: string };

let folder: string;
let taken: Server;
let takenPort: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatebook-cli-"));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  takenPort = address !== null && typeof address === "object" ? address.port : 0;
});

afterEach(async () => {
  await new Promise((resolve) => taken.close(resolve));
  await rm(folder, { recursive: true });
});

/** Runs the command line from another folder, with nothing set but what is given. */
function gatebook(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Result> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: folder,
    NODE_ENV: "production",
    GATEBOOK_DATA: join(folder, "data"),
    ...variables,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { cwd: folder, env, timeout: 30_000 }, (err, output, errors) => {
      resolve({ code: err === null ? 0 : typeof err.code === "number" ? err.code : -1, output, errors });
    });
  });
}

function expectOneMessage({ errors }: Result): void {
  expect(errors).not.toMatch(/^\s+at /m);
  expect(errors).not.toContain("node_modules");
}

const nowhere = "postgresql://user:hidden@127.0.0.1:1/gatebook";
const webVariables = {
  DATABASE_URL: nowhere,
  OIDC_ISSUER: "http://127.0.0.1:1",
  OIDC_CLIENT_ID: "gatebook",
  OIDC_CLIENT_SECRET: "hidden",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
};

test("start says which setting changes a taken port", async () => {
  const result = await gatebook(["start"], { PORT: String(takenPort), METRICS_PORT: "0", EXAMPLES_PORT_BASE: "21000" });
  expect(result.code).toBe(1);
  expect(result.errors).toContain(`Port ${String(takenPort)}, for the portal, is taken: set PORT to a free one.`);
  expectOneMessage(result);
});

test("start lists every broken setting, and starts nothing", async () => {
  const result = await gatebook(["start"], { PORT: "many", PUBLIC_URL: "nowhere", EXAMPLES_PORT_BASE: "-1" });
  expect(result.code).toBe(2);
  for (const name of ["PORT", "PUBLIC_URL", "EXAMPLES_PORT_BASE"]) expect(result.errors).toContain(`- ${name}`);
  expectOneMessage(result);
  expect(result.output).toBe("");
});

test("start refuses to show the embedded sign-in to other machines", async () => {
  const result = await gatebook(["start"], { PUBLIC_URL: "https://gatebook.example.com" });
  expect(result.code).toBe(2);
  expect(result.errors).toContain("the embedded sign-in works on this machine only");
  expectOneMessage(result);
});

test("start says that the configured identity provider does not answer, and embeds none in its place", async () => {
  const ports = { PORT: "21950", METRICS_PORT: "0", EXAMPLES_PORT_BASE: "21900", EXAMPLES_GATEWAY_PORT: "21930" };
  const { DATABASE_URL: _database, ...variables } = webVariables;
  const result = await gatebook(["start"], { ...ports, ...variables });
  expect(result.code).toBe(1);
  expect(result.errors).toContain("The identity provider at http://127.0.0.1:1 cannot be used");
  expectOneMessage(result);
});

test("start says that the configured database does not answer, without its password", async () => {
  const result = await gatebook(["start"], {
    DATABASE_URL: nowhere,
    PORT: "21951",
    METRICS_PORT: "0",
    EXAMPLES_PORT_BASE: "21960",
    EXAMPLES_GATEWAY_PORT: "21990",
    EXAMPLES_OIDC_PORT: "21991",
  });
  expect(result.code).toBe(1);
  expect(result.errors).toContain("The database at 127.0.0.1:1/gatebook cannot be used");
  expect(result.errors + result.output).not.toContain("hidden");
  expectOneMessage(result);
});

test.each(["web", "controller", "migrate"])("%s lists the settings that are missing", async (role) => {
  const result = await gatebook([role]);
  expect(result.code).toBe(2);
  expect(result.errors).toContain("DATABASE_URL is not set.");
  expectOneMessage(result);
});

test("migrate says that the database does not answer", async () => {
  const result = await gatebook(["migrate"], { DATABASE_URL: nowhere });
  expect(result.code).toBe(1);
  expect(result.errors).toContain("The database at 127.0.0.1:1/gatebook cannot be used");
  expect(result.errors).not.toContain("hidden");
  expectOneMessage(result);
});

test("web says which port is taken", async () => {
  const result = await gatebook(["web"], { ...webVariables, HOST: "127.0.0.1", PORT: String(takenPort) });
  expect(result.code).toBe(1);
  expect(result.errors).toContain("set PORT to a free one");
  expectOneMessage(result);
});

test.each([
  ["an unknown command", ["bogus"]],
  ["an unknown option", ["web", "--fast"]],
  ["an unknown role", ["token", "create", "ci", "--role", "king"]],
  ["no role", ["token", "create", "ci"]],
  ["a time that is none", ["token", "create", "ci", "--role", "consumer", "--expires", "soon"]],
  ["nothing", []],
])("%s is wrong usage, with the exit code for it", async (_case, args) => {
  const result = await gatebook(args);
  expect(result.code).toBe(2);
  expectOneMessage(result);
});

test("--version and --help answer on standard output", async () => {
  expect(await gatebook(["--version"])).toMatchObject({ code: 0, output: "0.1.0\n" });
  const help = await gatebook(["--help"]);
  expect(help.code).toBe(0);
  for (const command of ["start", "web", "controller", "migrate", "token", "diff"])
    expect(help.output).toContain(command);
});

test("diff gets its arguments as they are, and its exit status through", async () => {
  const document = (required: boolean) => ({
    openapi: "3.1.0",
    info: { title: "Model", version: "1" },
    paths: {
      "/predict": {
        get: {
          parameters: [{ name: "unit", in: "query", required, schema: { type: "string" } }],
          responses: { "200": { description: "fine" } },
        },
      },
    },
  });
  const [before, after] = ["before.json", "after.json"].map((name) => join(folder, name));
  await writeFile(before ?? "", JSON.stringify(document(false)));
  await writeFile(after ?? "", JSON.stringify(document(true)));
  const compare = (...args: string[]): Promise<Result> => gatebook(["diff", before ?? "", after ?? "", ...args]);
  expect(await compare("--format", "json")).toMatchObject({ code: 0 });
  expect(await compare("--fail-on", "breaking")).toMatchObject({ code: 1 });
  expect(await compare("--format", "verse")).toMatchObject({ code: 2 });
  expect(await gatebook(["diff", before ?? "", join(folder, "absent.json")])).toMatchObject({ code: 3 });
  const help = await gatebook(["diff", "--help"]);
  expect(help).toMatchObject({ code: 0 });
  expect(help.output).toContain("--fail-on");
});
