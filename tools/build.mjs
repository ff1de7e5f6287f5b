// Builds the pages for production, unless what was built last came from the same sources. Lines on standard output tell how
// it goes; what Next says is shown where the build fails.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const record = join(root, ".next", "gatebook-build.json");

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !["generated", "testdata"].includes(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => filesUnder(`${path}/${entry.name}`))
    .sort();
}

function digestOfSources() {
  const hash = createHash("sha256");
  for (const path of sources.flatMap(filesUnder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function builtFrom() {
  if (!existsSync(record) || !existsSync(join(root, ".next", "BUILD_ID"))) return null;
  try {
    return JSON.parse(readFileSync(record, "utf8")).digest;
  } catch {
    return null;
  }
}

const digest = digestOfSources();
if (builtFrom() === digest && !process.argv.includes("--force")) {
  console.log("The pages are built already.");
} else {
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  console.log("Building the pages, once for these sources; this takes about a minute on two cores.");
  const next = join(dirname(fileURLToPath(import.meta.resolve("next/package.json"))), "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build", "--webpack"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const beat = setInterval(() => console.log(`Still building, ${seconds()} s so far.`), 15_000);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", resolve);
  });
  clearInterval(beat);
  if (code === 0) {
    writeFileSync(record, JSON.stringify({ digest }));
    console.log(`The pages are built, in ${seconds()} s.`);
  } else {
    process.stderr.write(output);
    process.stderr.write("The build of the pages failed.\n");
    process.exitCode = 1;
  }
}
