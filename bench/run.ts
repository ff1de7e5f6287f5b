// npm run bench [-- NAME…]: measures what DESIGN promises, on this machine, and prints a table. Timings decide no test.
import os from "node:os";
import type { Figure } from "./figures.ts";
import { renderFigures } from "./figures.ts";

const benches: Readonly<Record<string, () => Promise<() => Promise<readonly Figure[]>>>> = {
  discovery: async () => (await import("./discovery.ts")).measureDiscovery,
  visible: async () => (await import("./visible.ts")).measureVisible,
  weight: async () => (await import("./weight.ts")).measureWeight,
  start: async () => (await import("./start.ts")).measureStart,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(", ")}: choose from ${Object.keys(benches).join(", ")}.\n`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, load] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`bench ${name}\n`);
  const measure = await load();
  figures.push(...(await measure()));
}
const cpu = os.cpus()[0]?.model ?? "unknown processor";
process.stdout.write(
  `\n${String(os.cpus().length)} cores (${cpu}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}\n\n${renderFigures(figures)}\n`,
);
