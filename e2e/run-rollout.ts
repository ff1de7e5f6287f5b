import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readStackAddress } from "./stack-address.ts";

/** `npm run example:rollout` against the stack under test: the sentiment model moves to a breaking version, or back. */
export async function runRollout(back = false): Promise<void> {
  const { environment } = await readStackAddress();
  await promisify(execFile)(process.execPath, [join("examples", "rollout.ts"), ...(back ? ["--back"] : [])], {
    env: { ...process.env, ...environment, GATEBOOK_DATA: process.env["E2E_DATA"] },
  });
}
