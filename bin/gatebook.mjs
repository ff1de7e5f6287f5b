#!/usr/bin/env node
// The command line. Node 22.18 and newer read TypeScript as it is; an older Node hands over to the one in node_modules.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("gatebook.ts", import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) {
  // Node 22 warns that reading TypeScript is experimental; that is for us to know, and other warnings stay.
  const shown = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") for (const show of shown) show(warning);
  });
  await import(entry);
} else {
  const newer = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
  if (existsSync(newer)) handOver(newer);
  else {
    process.stderr.write(
      `Gatebook needs Node 22.18 or newer, and this is ${process.versions.node}: install Node 24 from https://nodejs.org and run it again.\n`,
    );
    process.exitCode = 2;
  }
}

/** @param {string} node */
function handOver(node) {
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
