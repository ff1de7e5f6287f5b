import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../project-root.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** The folder of everything that is embedded. */
export function dataFolderOf(variables: Variables): string {
  const given = variables["GATEBOOK_DATA"] ?? "";
  return given === "" ? join(projectRoot, ".gatebook") : given;
}

const fileIn = (dataFolder: string): string => join(dataFolder, "database-url");

/** Notes where the embedded Postgres of this run listens, for commands that run beside it; the note goes with the run. */
export function noteRunningDatabase(dataFolder: string, databaseUrl: string): () => void {
  writeFileSync(fileIn(dataFolder), databaseUrl, { mode: 0o600 });
  return () => {
    rmSync(fileIn(dataFolder), { force: true });
  };
}

/** The variables with the running embedded Postgres as DATABASE_URL, where none is set and one runs. */
export function withRunningDatabase(variables: Variables): Variables {
  if ((variables["DATABASE_URL"] ?? "") !== "" || (variables["DATABASE_URL_FILE"] ?? "") !== "") return variables;
  try {
    return { ...variables, DATABASE_URL: readFileSync(fileIn(dataFolderOf(variables)), "utf8") };
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") return variables;
    throw err;
  }
}
