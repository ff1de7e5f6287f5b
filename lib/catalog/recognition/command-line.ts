import type { ContainerFact } from "../../sources/index.ts";

/** What of a container tells a server. */
export type CommandLine = {
  /** The repository of the image with its registry, without tag and digest, in lower case. */
  readonly image: string;
  readonly tag: string | null;
  /** Command and arguments, taken apart as a shell would; what nobody can know from here is an empty word. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

const wordsMax = 2_000;
const textMax = 20_000;
const expansionDepthMax = 4;

/** What installs or prints a program does not run it. */
const bystanders = new Set([
  "apk",
  "apt",
  "apt-get",
  "conda",
  "dnf",
  "echo",
  "npm",
  "pip",
  "pip3",
  "printf",
  "which",
  "yum",
]);

function lookUp(environment: ContainerFact["environment"], name: string, depth: number): string | null {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  // A variable whose value comes from a Secret or a ConfigMap has none here.
  if (value === undefined || value === "") return null;
  return depth >= expansionDepthMax ? null : expand(value, environment, depth + 1);
}

/** `$(NAME)` as Kubernetes fills it in; null where a name is unknown, which Kubernetes would leave as it stands. */
function expand(text: string, environment: ContainerFact["environment"], depth = 0): string | null {
  let known = true;
  const filled = text.replaceAll(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name?: string) => {
    if (name === undefined) return "$";
    const value = lookUp(environment, name, depth);
    known &&= value !== null;
    return value ?? whole;
  });
  return known ? filled : null;
}

/** The part of a word that holds whatever an unknown value is: of `--model=$X` the flag stays. */
function cut(word: string): string {
  return /^--?[\w-]+=/.exec(word)?.[0] ?? "";
}

/** The commands of a script, each as its words; quotes are taken off, variables filled in from the container's own. */
function splitScript(script: string, environment: ContainerFact["environment"]): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | null = null;
  let known = true;
  const end = (): void => {
    if (word !== null) commands.at(-1)?.push(known ? word : cut(word));
    word = null;
    known = true;
  };
  for (let index = 0; index < script.length; index += 1) {
    const character = script[index] ?? "";
    const rest = script.slice(index);
    const quoted = /^'([^']*)'/.exec(rest);
    const variable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(rest);
    if (quoted !== null) {
      word = (word ?? "") + (quoted[1] ?? "");
      index += quoted[0].length - 1;
    } else if (variable !== null) {
      const value = lookUp(environment, variable[1] ?? variable[2] ?? "", 0);
      known &&= value !== null;
      word = (word ?? "") + (value ?? "");
      index += variable[0].length - 1;
    } else if (character === "\\") {
      // A line that goes on is one line.
      if (script[index + 1] !== "\n") word = (word ?? "") + (script[index + 1] ?? "");
      index += 1;
    } else if (character === '"') word ??= "";
    else if (character === "$" || character === "`") {
      known = false;
      word ??= "";
    } else if (/[;&|()\n]/.test(character)) {
      end();
      commands.push([]);
    } else if (/\s/.test(character)) end();
    else word = (word ?? "") + character;
  }
  end();
  return commands;
}

function isBystander(command: readonly string[]): boolean {
  const own = command.filter((word) => word !== "exec" && word !== "sudo");
  const [program = ""] = own;
  return bystanders.has(program.replace(/^.*\//, "")) || (program === "uv" && own[1] === "pip");
}

/** Words of a container as they come to the program; scripts behind `sh -c` and the like are taken apart. */
function wordsOf({ words, environment }: ContainerFact): readonly string[] {
  const result: string[] = [];
  for (const [index, raw] of words.entries()) {
    const text = expand(raw, environment);
    const isScript = /^-[a-z]*c$/.test(words[index - 1] ?? "") || /\s/.test(raw);
    if (text === null) result.push(cut(raw));
    else if (!isScript) result.push(text);
    else
      for (const command of splitScript(text.slice(0, textMax), environment))
        if (!isBystander(command)) result.push(...command);
    if (result.length > wordsMax) break;
  }
  const more = environment["GUNICORN_CMD_ARGS"];
  return [...result, ...(more === undefined ? [] : more.split(/\s+/))].slice(0, wordsMax);
}

/** Takes apart what a container runs. */
export function readCommandLine(container: ContainerFact): CommandLine {
  const bare = container.image.replace(/@.*$/, "");
  const tag = /:([\w][\w.-]{0,127})$/.exec(bare)?.[1] ?? null;
  return {
    image: (tag === null ? bare : bare.slice(0, -tag.length - 1)).toLowerCase(),
    tag,
    words: wordsOf(container),
    environment: container.environment,
  };
}

/** True where one of the words is the program, by its name or its path. */
export function runs({ words }: CommandLine, program: string): boolean {
  return words.some((word) => word === program || word.endsWith(`/${program}`));
}

/** True where the program is followed by the word, other options between them. */
export function runsCommand({ words }: CommandLine, program: string, ...commands: readonly string[]): boolean {
  const start = words.findIndex((word) => word === program || word.endsWith(`/${program}`));
  if (start === -1) return false;
  let at = start;
  for (const command of commands) {
    at = words.indexOf(command, at + 1);
    if (at === -1 || at > start + 8) return false;
  }
  return true;
}

/** True where a module of Python's is run, or a file of one, by this name or below it. */
export function runsModule({ words }: CommandLine, module: string): boolean {
  return words.some((word) => word === module || word.startsWith(`${module}.`) || word.startsWith(`${module}:`));
}

/** The value of an option, the last one where it is given several times; null where it has none or nobody can know it. */
export function optionOf({ words }: CommandLine, ...flags: readonly string[]): string | null {
  let found: string | null = null;
  for (const [index, word] of words.entries()) {
    for (const flag of flags) {
      if (word.startsWith(`${flag}=`)) found = word.slice(flag.length + 1);
      else if (word === flag) found = words[index + 1]?.startsWith("-") === true ? null : (words[index + 1] ?? null);
    }
  }
  return found === "" ? null : found;
}

/** How often an option is given. */
export function countOptions({ words }: CommandLine, flag: string): number {
  return words.filter((word) => word === flag || word.startsWith(`${flag}=`)).length;
}

/** The value of a variable; null where it is empty or comes from elsewhere. */
export function variableOf({ environment }: CommandLine, name: string): string | null {
  return Object.hasOwn(environment, name) ? environment[name] || null : null;
}
