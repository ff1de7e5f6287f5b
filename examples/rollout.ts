import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { applyRollout } from "./live-cluster.ts";
import { readExampleSettings } from "./settings.ts";

/** `npm run example:rollout [-- --back]`: moves the sentiment model to a breaking version, or back. */
const back = process.argv.includes("--back");
const unknown = process.argv.slice(2).filter((argument) => argument !== "--back");

try {
  if (unknown.length > 0) throw new Error(`Unknown argument ${unknown.join(" ")}; the only one is --back.`);
  const data = process.env["GATEBOOK_DATA"] ?? fileURLToPath(new URL("../.gatebook", import.meta.url));
  const moved = await applyRollout(resolve(data, "cluster"), readExampleSettings(process.env), back);
  const version = back ? "1.3.0" : "2.0.0";
  process.stdout.write(
    moved
      ? `The sentiment model serves version ${version} now.\n`
      : `The sentiment model serves version ${version} already; nothing was changed.\n`,
  );
} catch (err) {
  process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`);
  process.exitCode = 1;
}
