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
const depthMax = 4;

/** What may still be filled in for one container: values that name each other multiply. */
type Budget = { characters: number };

/** What installs, prints, fetches or asks for a program does not run it. */
const bystanders = new Set([
  "apk",
  "apt",
  "apt-get",
  "conda",
  "curl",
  "dnf",
  "echo",
  "git",
  "hash",
  "helm",
  "kubectl",
  "npm",
  "pip",
  "pip3",
  "printf",
  "type",
  "wget",
  "which",
  "yum",
]);
/** What goes before a program and hands over to it. */
const wrappers = new Set(["exec", "sudo", "env", "nohup", "time"]);
const shells = /(^|\/)(ba|da|z|k|a)?sh$/;

type Environment = ContainerFact["environment"];

function lookUp(environment: Environment, name: string, budget: Budget, depth: number): string | null {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  // A variable whose value comes from a Secret or a ConfigMap has none here.
  if (value === undefined || value === "" || depth >= depthMax) return null;
  return expand(value, environment, budget, depth + 1);
}

/** `$(NAME)` as Kubernetes fills it in; null where a name is unknown, which Kubernetes would leave as it stands. */
function expand(text: string, environment: Environment, budget: Budget, depth = 0): string | null {
  budget.characters -= text.length;
  if (budget.characters < 0) return null;
  let known = true;
  const filled = text.replaceAll(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name?: string) => {
    if (name === undefined) return "$";
    const value = known ? lookUp(environment, name, budget, depth) : null;
    known &&= value !== null;
    return value ?? whole;
  });
  return known ? filled : null;
}

/** The part of a word that holds whatever an unknown value is: of `--model=$X` the flag stays. */
function cut(word: string): string {
  return /^--?[\w-]+=/.exec(word)?.[0] ?? "";
}

type Commands = readonly (readonly string[])[];

/** The commands of a script, each as its words; quotes are taken off, variables filled in from the container's own. */
function splitScript(script: string, environment: Environment, budget: Budget): Commands {
  const commands: string[][] = [[]];
  let word: string | null = null;
  let known = true;
  let isQuoted = false;
  const end = (): void => {
    if (word !== null) commands.at(-1)?.push(known ? word : cut(word));
    word = null;
    known = true;
  };
  for (let index = 0; index < script.length; index += 1) {
    const character = script[index] ?? "";
    const variable =
      character === "$" ? /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(script.slice(index, index + 200)) : null;
    const literal = character === "'" && !isQuoted ? script.indexOf("'", index + 1) : -1;
    if (literal !== -1) {
      word = (word ?? "") + script.slice(index + 1, literal);
      index = literal;
    } else if (variable !== null) {
      const value = lookUp(environment, variable[1] ?? variable[2] ?? "", budget, 0);
      known &&= value !== null;
      word = (word ?? "") + (value ?? "");
      index += variable[0].length - 1;
    } else if (character === "\\") {
      // A line that goes on is one line.
      if (script[index + 1] !== "\n") word = (word ?? "") + (script[index + 1] ?? "");
      index += 1;
    } else if (character === '"') {
      word ??= "";
      isQuoted = !isQuoted;
    } else if (character === "$" || character === "`") {
      known = false;
      word ??= "";
    } else if (isQuoted) word = (word ?? "") + character;
    else if (character === "#" && word === null) {
      const line = script.indexOf("\n", index);
      index = (line === -1 ? script.length : line) - 1;
    } else if (/[;&|()\n]/.test(character)) {
      end();
      commands.push([]);
    } else if (/\s/.test(character)) end();
    else word = (word ?? "") + character;
  }
  end();
  return commands;
}

/** A command without what only goes before its program: `exec`, `NAME=value`. */
function ownWords(command: readonly string[]): readonly string[] {
  const start = command.findIndex((word) => !wrappers.has(word) && !/^[A-Za-z_]\w*=/.test(word));
  return start === -1 ? [] : command.slice(start);
}

function isBystander(command: readonly string[]): boolean {
  const [program = "", second = "", third = ""] = ownWords(command);
  const name = program.replace(/^.*\//, "");
  if (name === "command") return /^-[vV]$/.test(second);
  if (name === "uv") return second === "pip";
  if (/^python[\d.]*$/.test(name)) return second === "-m" && bystanders.has(third);
  return bystanders.has(name);
}

/** What is behind `sh -c` within a script is a script again. */
function unfold(command: readonly string[], environment: Environment, budget: Budget, depth: number): Commands {
  const [program = "", ...rest] = ownWords(command);
  const at = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = at === -1 ? undefined : rest[at + 1];
  if (!shells.test(program) || script === undefined || depth >= depthMax) return [command];
  return splitScript(script, environment, budget).flatMap((own) => unfold(own, environment, budget, depth + 1));
}

/** Words of a container as they come to the program; scripts behind `sh -c` and the like are taken apart. */
function wordsOf({ words, environment }: ContainerFact): readonly string[] {
  const budget: Budget = { characters: textMax };
  const result: string[] = [];
  for (const [index, raw] of words.entries()) {
    const before = words[index - 1] ?? "";
    const text = expand(raw, environment, budget);
    const isScript = /^-[a-z]*c$/.test(before) || (/\s/.test(raw) && !before.startsWith("-"));
    if (text === null) result.push(cut(raw));
    else if (!isScript) result.push(text);
    else
      for (const command of splitScript(text.slice(0, textMax), environment, budget))
        for (const own of unfold(command, environment, budget, 0)) if (!isBystander(own)) result.push(...own);
    if (result.length > wordsMax) break;
  }
  if (isBystander(result)) return [];
  const more = environment["GUNICORN_CMD_ARGS"];
  const takesMore = more !== undefined && (result.length === 0 || result.some((word) => /(^|\/)gunicorn$/.test(word)));
  return [...result, ...(takesMore ? more.slice(0, textMax).split(/\s+/) : [])].slice(0, wordsMax);
}

const read = new WeakMap<ContainerFact, CommandLine>();

/** Takes apart what a container runs; the same container is read once. */
export function readCommandLine(container: ContainerFact): CommandLine {
  const known = read.get(container);
  if (known !== undefined) return known;
  const bare = container.image.replace(/@.*$/, "");
  const tag = /:([\w][\w.-]{0,127})$/.exec(bare)?.[1] ?? null;
  const line: CommandLine = {
    image: (tag === null ? bare : bare.slice(0, -tag.length - 1)).toLowerCase(),
    tag,
    words: wordsOf(container),
    environment: container.environment,
  };
  read.set(container, line);
  return line;
}

/** Where a word is the program, by its name or its path; what stands behind a long option is its value. */
function placeOf(words: readonly string[], program: string): number {
  return words.findIndex((word, index) => {
    if (/^--[\w-]+$/.test(words[index - 1] ?? "")) return false;
    return word === program || (word.endsWith(`/${program}`) && /^(\.{0,2}|~|\$\w+)\/|(^|\/)bin\//.test(word));
  });
}

/** True where one of the words is the program. */
export function runs({ words }: CommandLine, program: string): boolean {
  return placeOf(words, program) !== -1;
}

/** True where the program is followed by these words, nothing but options with their values between them. */
export function runsCommand({ words }: CommandLine, program: string, ...commands: readonly string[]): boolean {
  let at = placeOf(words, program);
  if (at === -1) return false;
  for (const command of commands) {
    at += 1;
    while (words[at]?.startsWith("-") === true) {
      const isWhole = words[at]?.includes("=") === true || words[at + 1] === command || words[at + 1]?.startsWith("-");
      at += isWhole === true ? 1 : 2;
    }
    if (words[at] !== command) return false;
  }
  return true;
}

/** True where a container says what it runs; a script of its own, or a word for its image's program, says nothing. */
export function tellsProgram({ words }: CommandLine): boolean {
  const [program] = ownWords(words);
  return program !== undefined && !/^-|\.sh$|entrypoint|^(run|serve|server|start)$/.test(program);
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
