// Runs everything that must hold, or the stages that are named: node tools/test.mjs [check] [unit] [integration] [e2e] [gateway].
// The last line is `N passed, N failed, N skipped`; the exit code is 0 exactly when nothing failed and every stage ran something.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "gatebook-test-"));
const running = new Set();
const environment = {
  ...process.env,
  // The Node of the lock file before the host's, as npm scripts have it.
  PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
};

/** @type {{ passed: number, failures: { name: string, message: string }[], skips: { name: string, reason: string }[] }} */
const total = { passed: 0, failures: [], skips: [] };

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Runs one command of the project; its output is shown as it comes, or kept and returned. */
function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    running.add(child);
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => {
      running.delete(child);
      resolve({ code: 1, output: `${output}${error.message}` });
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}\nended by ${signal}` });
    });
  });
}

const bin = (name) => join(root, "node_modules", ".bin", name);
const node = () => bin("node");

function fail(name, message) {
  total.failures.push({ name, message });
}

async function prepare(what, args) {
  say(`Preparing: ${what}`);
  const script = join(root, args[0]);
  if (!existsSync(script)) {
    fail(`prepare ${args[0]}`, "the script is missing");
    return false;
  }
  const { code } = await run(nodeCommand, args);
  if (code === 0) return true;
  fail(`prepare ${args[0]}`, `exit code ${code}, see above`);
  return false;
}

const nodeCommand = existsSync(node()) ? node() : process.execPath;

/** Each check counts as one test. */
const checks = [
  { name: "types", command: "tsc", args: ["--noEmit"] },
  { name: "lint", command: "eslint", args: [".", "--max-warnings", "0"] },
  { name: "format", command: "prettier", args: ["--check", "."] },
  {
    name: "boundaries",
    command: "depcruise",
    args: ["--config", ".dependency-cruiser.cjs", "app", "components", "lib", "bin", "examples"],
  },
  { name: "unused", command: "knip", args: ["--no-progress"] },
  { name: "lock file", command: "node", args: ["tools/complete-lock.mjs", "--check"] },
];

async function runChecks() {
  const waiting = [...checks];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await run(check.command === "node" ? nodeCommand : bin(check.command), check.args, {
        quiet: true,
      });
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      if (code === 0) {
        total.passed += 1;
        say(`  ✓ ${check.name} (${seconds} s)`);
      } else {
        fail(`check ${check.name}`, output.trim());
        say(`\n  ✗ ${check.name} (${seconds} s)\n${output.trim().replace(/^/gm, "      ")}\n`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Runs a test runner whose reporter writes a tally, and adds it up; no tally, or an empty one, is a failure. */
async function runSuite(stage, command, args) {
  const file = join(scratch, `${stage}.json`);
  const { code } = await run(bin(command), args, { env: { GATEBOOK_TALLY: file } });
  if (!existsSync(file)) {
    fail(`stage ${stage}`, `${command} ended with exit code ${code} and without a tally`);
    return;
  }
  const tally = JSON.parse(readFileSync(file, "utf8"));
  total.passed += tally.passed;
  total.failures.push(...tally.failures);
  total.skips.push(...tally.skips);
  if (tally.passed + tally.failures.length + tally.skips.length === 0) fail(`stage ${stage}`, "it ran no test");
  else if (code !== 0 && tally.failures.length === 0) fail(`stage ${stage}`, `${command} ended with exit code ${code}`);
}

const vitest = (project, ...files) => [
  ...["run", "--project", project, "--reporter", "./tools/test/vitest-reporter.mjs"],
  ...files,
];

const stages = {
  check: { needs: ["client"], run: runChecks },
  unit: { needs: ["client"], run: () => runSuite("unit", "vitest", vitest("unit")) },
  integration: {
    needs: ["client", "cluster"],
    run: () => runSuite("integration", "vitest", vitest("integration")),
  },
  // A part of the integration tests, which run it themselves where Traefik is at hand; this gets Traefik first.
  gateway: {
    needs: ["client", "cluster", "traefik"],
    onlyWhenNamed: true,
    run: () => runSuite("gateway", "vitest", vitest("integration", "test/integration/gateway")),
  },
  e2e: {
    needs: ["client", "build"],
    run: () => runSuite("e2e", "playwright", ["test", "--reporter", "./tools/test/playwright-reporter.mjs"]),
  },
};

const preparations = {
  client: ["the database client", ["tools/prepare.mjs"]],
  cluster: ["etcd and kube-apiserver", ["tools/kube-assets.mjs"]],
  traefik: ["Traefik", ["tools/traefik-binary.mjs"]],
  build: ["the production build", ["tools/build.mjs"]],
};

function stop(signal) {
  for (const child of running) child.kill(signal);
  fail("the run", `was stopped by ${signal}`);
  finish();
  process.exit(1);
}

function finish() {
  rmSync(scratch, { recursive: true, force: true });
  if (total.skips.length > 0) {
    say("\nSkipped:");
    for (const { name, reason } of total.skips) say(`  - ${name}: ${reason}`);
  }
  if (total.failures.length > 0) {
    say("\nFailed:");
    for (const { name, message } of total.failures) say(`  ✗ ${name}: ${message.split("\n", 1)[0]}`);
  }
  say(`\n${total.passed} passed, ${total.failures.length} failed, ${total.skips.length} skipped`);
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown stage ${unknown.join(", ")}; the stages are ${Object.keys(stages).join(", ")}.\n`);
  process.exit(2);
}
process.on("SIGINT", () => stop("SIGINT"));
process.on("SIGTERM", () => stop("SIGTERM"));

const prepared = new Map();
const usual = Object.keys(stages).filter((name) => stages[name].onlyWhenNamed !== true);
for (const name of named.length > 0 ? named : usual) {
  const stage = stages[name];
  const started = Date.now();
  let ready = true;
  for (const need of stage.needs) {
    if (!prepared.has(need)) prepared.set(need, await prepare(...preparations[need]));
    ready &&= prepared.get(need);
  }
  say(`\n${name}`);
  if (!ready) {
    fail(`stage ${name}`, "what it needs could not be prepared");
    continue;
  }
  const failedBefore = total.failures.length;
  await stage.run();
  const failed = total.failures.length - failedBefore;
  say(
    `${name}: ${failed === 0 ? "all fine" : `${failed} failed`} after ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
}
finish();
process.exitCode = total.failures.length > 0 ? 1 : 0;
