import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Makes the database client and the production build where they are out of date. */
export async function buildPages(): Promise<void> {
  for (const script of ["tools/prepare.mjs", "tools/build.mjs"])
    execFileSync(process.execPath, [script], { cwd: root, stdio: "inherit" });
}
