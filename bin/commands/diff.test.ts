import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const program = fileURLToPath(new URL("../gatebook.ts", import.meta.url));
const info = { title: "Churn", version: "1" } as const;

function document(enumeration: readonly string[], required = false): object {
  const schema = { type: "object", properties: { plan: { enum: enumeration } }, required: required ? ["plan"] : [] };
  return {
    openapi: "3.1.0",
    info,
    paths: {
      "/predict": {
        post: {
          requestBody: { content: { "application/json": { schema } } },
          responses: { 200: { description: "ok" } },
        },
      },
    },
  };
}

type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

async function run(args: readonly string[], input = ""): Promise<Ran> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, "diff", ...args]);
  let out = "";
  let err = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, out, err };
}

let folder = "";
const place = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gatebook-diff-"));
  await writeFile(place("old.json"), JSON.stringify(document(["a", "b"])));
  await writeFile(place("new.json"), JSON.stringify(document(["a"])));
  await writeFile(place("page.html"), "<!doctype html><html></html>");
  await writeFile(
    place("hostile.json"),
    JSON.stringify({ openapi: "3.1.0", info, paths: { "/\u001b[31m<b>*x*</b>": { get: { responses: {} } } } }),
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("gatebook diff", () => {
  it("shows a value that proves what it says", async () => {
    const of = (pattern: string): object => ({
      openapi: "3.1.0",
      info,
      paths: {
        "/customers": {
          get: {
            parameters: [{ name: "id", in: "query", schema: { type: "string", pattern } }],
            responses: { 200: { description: "ok" } },
          },
        },
      },
    });
    await writeFile(place("wide.json"), JSON.stringify(of("^C[0-9]{4,6}$")));
    await writeFile(place("narrow.json"), JSON.stringify(of("^C[0-9]{6}$")));
    const narrowed = await run([place("wide.json"), place("narrow.json")]);
    expect(narrowed.out).toContain('For example, `"C0000"` was accepted and is not any more.');
    expect(narrowed.out).toContain("[request-parameter-pattern-specialized]");
    const markdown = await run([place("wide.json"), place("narrow.json"), "--format", "markdown"]);
    expect(markdown.out).toContain('`"C0000"` was accepted');
    const widened = await run([place("narrow.json"), place("wide.json")]);
    expect(widened.out).not.toContain("For example");
  });

  it("says what it means to who uses some operations", async () => {
    const places = [place("old.json"), place("new.json"), "--fail-on", "breaking"];
    const mine = await run([...places, "--uses", "POST /predict, GET /gone"]);
    expect(mine.status).toBe(1);
    expect(mine.out).toContain("You must change. 1 breaking change of what you use");
    expect(mine.out).toContain("Not in the older description: GET /gone.");
    const others = await run([...places, "--uses", "GET /gone", "--format", "json"]);
    expect(others.status).toBe(0);
    expect(JSON.parse(others.out)).toMatchObject({ consumer: { verdict: "should-check" }, changes: [] });
    const wrong = await run([...places, "--uses", "predict"]);
    expect(wrong.status).toBe(2);
    expect(wrong.err).toContain("`predict` is none");
  });

  it("says nothing of a description and itself", async () => {
    const ran = await run([place("old.json"), place("old.json"), "--fail-on", "risky"]);
    expect(ran).toEqual({ status: 0, out: "No change of the contract.\n", err: "" });
  });

  it("ends with 1 where the level is reached, and with 0 where nobody asked", async () => {
    const ran = await run([place("old.json"), place("new.json"), "--fail-on", "breaking"]);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(/^Breaking\n {2}POST \/predict\n/);
    expect((await run([place("old.json"), place("new.json")])).status).toBe(0);
    expect((await run([place("new.json"), place("old.json"), "--fail-on", "risky"])).status).toBe(0);
  });

  it("gives JSON and Markdown, and reads one side from standard input", async () => {
    const ran = await run(["-", place("new.json"), "--format", "json"], JSON.stringify(document(["a", "b"])));
    const answer = z
      .object({ verdict: z.string(), changes: z.array(z.object({ id: z.string() })) })
      .parse(JSON.parse(ran.out));
    expect(answer.verdict).toBe("breaking");
    expect(answer.changes.map(({ id }) => id)).toEqual(["request-property-enum-value-removed"]);
    const markdown = await run([place("old.json"), place("new.json"), "--format", "markdown"]);
    expect(markdown.out).toMatch(/^\*\*1 breaking\.\*\*\n\n### Breaking\n\n- \*\*POST \/predict\*\*: /);
  });

  it("lets no text of a description steer the terminal or become markup", async () => {
    const text = await run([place("old.json"), place("hostile.json")]);
    expect(text.out).not.toContain("\u001b");
    const markdown = await run([place("old.json"), place("hostile.json"), "--format", "markdown"]);
    expect(markdown.out).not.toContain("<b>*x*");
  });

  it.each([
    [["only-one.json"], 2, /OLD and NEW/],
    [["a", "b", "--format", "xml"], 2, /--format is one of/],
    [["a", "b", "--fail-on", "safe"], 2, /--fail-on is one of/],
    [["a", "b", "--no-such-thing"], 2, /usage: gatebook diff/],
    [["-", "-"], 2, /Only one/],
    [["/nowhere/a.json", "/nowhere/b.json"], 3, /cannot be read/],
  ])("says of %j what is wrong, and ends with %i", async (args, status, message) => {
    const ran = await run(args);
    expect(ran.status).toBe(status);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  it("ends with 3 where one of the two is no description", async () => {
    const ran = await run([place("old.json"), place("page.html")]);
    expect(ran.status).toBe(3);
    expect(ran.err).toMatch(/page\.html: It is a page/);
  });

  it("answers pair after pair in one process, and goes on after a bad one", async () => {
    const lines = [
      JSON.stringify({ id: 1, base: document(["a", "b"]), revision: document(["a"]) }),
      "no JSON",
      JSON.stringify({ id: "same", base: document(["a"]), revision: document(["a"]) }),
      JSON.stringify({ id: "bad", base: {}, revision: document(["a"]) }),
    ];
    const ran = await run(["--jsonl"], `${lines.join("\n")}\n`);
    const answers = ran.out
      .trim()
      .split("\n")
      .map((line) => z.looseObject({ id: z.unknown() }).parse(JSON.parse(line)));
    expect(answers.map(({ id }) => id)).toEqual([1, null, "same", "bad"]);
    expect(answers[0]?.["verdict"]).toBe("breaking");
    expect(answers[1]?.["error"]).toMatch(/JSON object/);
    expect(answers[2]).toEqual({ id: "same", verdict: "none", changes: [] });
    expect(answers[3]?.["error"]).toMatch(/base: It has neither/);
    expect(ran.status).toBe(3);
  });
});
