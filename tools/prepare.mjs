// Makes the database client from prisma/schema.prisma when it is missing or out of date. Runs on any Node that npm runs on.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = join(root, "lib", "store", "generated");
const mark = join(generated, ".made-from");
const version = JSON.parse(readFileSync(join(root, "node_modules", "prisma", "package.json"), "utf8")).version;
const state = createHash("sha256")
  .update(version)
  .update(readFileSync(join(root, "prisma", "schema.prisma")))
  .digest("hex");

if (!existsSync(mark) || readFileSync(mark, "utf8") !== state) {
  const own = join(root, "node_modules", ".bin", "node");
  try {
    execFileSync(
      existsSync(own) ? own : process.execPath,
      [join(root, "node_modules", "prisma", "build", "index.js"), "generate"],
      {
        cwd: root,
        env: {
          ...process.env,
          // Generating does not use the schema engine, yet looks for its binary, and would download it.
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: "1",
          CHECKPOINT_DISABLE: "1",
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  } catch (err) {
    process.stderr.write(`The database client could not be made.\n${err.stdout ?? ""}${err.stderr ?? ""}\n`);
    process.exit(1);
  }
  writeFileSync(mark, state);
}
