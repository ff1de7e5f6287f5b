import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { z } from "zod";
import { exitCodes, explainFailure } from "./failure.ts";

const roleNames = ["consumer", "owner", "admin"] as const;

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function parseRole(text: string): (typeof roleNames)[number] {
  const role = roleNames.find((name) => name === text);
  if (role === undefined) throw new InvalidArgumentError(`It is one of ${roleNames.join(", ")}.`);
  return role;
}

function parseDays(text: string): number {
  const match = /^(\d{1,4})d$/.exec(text);
  const days = Number(match?.[1] ?? Number.NaN);
  if (!(days >= 1 && days <= 366)) throw new InvalidArgumentError("It is a number of days from 1d to 366d.");
  return days;
}

/** Where a parent started the role, the parent has looked; alone, a role waits a little for what starts beside it. */
const attempts = process.send === undefined ? 5 : 1;

function createProgram(): Command {
  const version = readVersion();
  const program = new Command("gatebook")
    .description("Gatebook makes the gateways of a Kubernetes cluster document themselves.")
    .version(version)
    .showHelpAfterError("(gatebook --help shows what there is)")
    .exitOverride();

  program
    .command("start")
    .description("run everything here, and embed what is not configured")
    .option("--dev", "serve the pages from source, for work on them", false)
    .action(async ({ dev }: { dev: boolean }) => {
      const { start } = await import("./commands/start.ts");
      await start({ dev, version });
    });
  program
    .command("web")
    .description("serve the pages and the REST interface")
    .option("--dev", "serve the pages from source, for work on them", false)
    .action(async ({ dev }: { dev: boolean }) => {
      const { web } = await import("./commands/web.ts");
      await web({ dev, attempts });
    });
  program
    .command("controller")
    .description("follow the cluster, fetch descriptions and tell followers")
    .action(async () => {
      const { controller } = await import("./commands/controller.ts");
      await controller({ attempts });
    });
  program
    .command("migrate")
    .description("bring the database's schema up to date")
    .action(async () => {
      const { migrate } = await import("./commands/migrate.ts");
      await migrate();
    });
  program
    .command("token")
    .description("access tokens for machines")
    .command("create")
    .description("make a token and print it, once")
    .argument("<name>", "what the token is for")
    .requiredOption("--role <role>", `one of ${roleNames.join(", ")}`, parseRole)
    .option(
      "--group <group>",
      "a group that it belongs to; may be repeated",
      (group: string, all: string[]) => [...all, group],
      [],
    )
    .option("--expires <days>", "when it expires, such as 30d", parseDays, 30)
    .action(async (name: string, options: { role: (typeof roleNames)[number]; group: string[]; expires: number }) => {
      const { createToken } = await import("./commands/create-token.ts");
      await createToken({ name, role: options.role, groups: options.group, days: options.expires });
    });
  program
    .command("diff")
    .description("compare two descriptions: gatebook diff --help")
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .argument("[arguments...]")
    .action(async () => {
      // It reads its arguments itself, because it answers wrong ones with an exit status of its own.
      const { diffCommand } = await import("./commands/diff.ts");
      process.exitCode = await diffCommand(process.argv.slice(3));
    });
  return program;
}

try {
  await createProgram().parseAsync();
} catch (err) {
  if (err instanceof CommanderError) {
    process.exitCode = err.exitCode === 0 ? 0 : exitCodes.usage;
  } else {
    const { message, exitCode } = explainFailure(err, process.env["LOG_LEVEL"] === "debug");
    process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  }
}
// A role has ended: what a library still holds open must not keep the process. The other commands end by themselves, so that
// all of their output is read.
if (["start", "web", "controller"].includes(process.argv[2] ?? "")) process.exit();
