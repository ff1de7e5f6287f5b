// Looks for pairs of schemas of which the change engine proves something that a validator refutes, for as long as it is told to.
import { parseArgs } from "node:util";
import { checkContainment } from "../lib/diff/testdata/check-containment.ts";

const runsAtOnce = 1_000;
const { values } = parseArgs({ options: { minutes: { type: "string", default: "1" }, seed: { type: "string" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("--minutes takes a number above 0.");
let seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);

const startedMs = performance.now();
const sum = { pairs: 0, proved: 0, refuted: 0, values: 0 };
while (performance.now() - startedMs < minutes * 60_000) {
  try {
    const counts = checkContainment(runsAtOnce, seed);
    for (const key of ["pairs", "proved", "refuted", "values"] as const) sum[key] += counts[key];
  } catch (err) {
    process.stderr.write(`With --seed ${String(seed)}:\n`);
    throw err;
  }
  seed += 1;
}
process.stdout.write(
  `${String(sum.pairs)} pairs in ${((performance.now() - startedMs) / 60_000).toFixed(1)} minutes: ${String(sum.proved)} proved, ` +
    `${String(sum.refuted)} refuted by a value, ${String(sum.values)} values held against both; no proof was refuted.\n`,
);
