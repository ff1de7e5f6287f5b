import { describe, expect, it } from "vitest";
import type { ContainerFact } from "../../sources/index.ts";
import {
  countOptions,
  optionOf,
  readCommandLine,
  runs,
  runsCommand,
  runsModule,
  tellsProgram,
  variableOf,
} from "./command-line.ts";
import type { CommandLine } from "./command-line.ts";

function lineOf(words: readonly string[], environment: ContainerFact["environment"] = {}): CommandLine {
  return readCommandLine({ name: "main", image: "registry.test/app:1", words, environment, ports: [], gpus: null });
}

/** What a script comes to, without the shell in front of it. */
function scriptOf(script: string, environment: ContainerFact["environment"] = {}): readonly string[] {
  return lineOf(["sh", "-c", script], environment).words.slice(2);
}

const iris = { NAME: "iris", WHOLE: "$(NAME)-v1", SECRET: "" };

describe("images", () => {
  it.each([
    ["registry.test/Team/App:V1", "registry.test/team/app", "V1"],
    ["registry.test:5000/app", "registry.test:5000/app", null],
    ["registry.test:5000/app:v1", "registry.test:5000/app", "v1"],
    ["app:v1@sha256:00ff", "app", "v1"],
    ["app@sha256:00ff", "app", null],
    ["", "", null],
  ])("of %s the repository is %j and the tag %j", (image, repository, tag) => {
    const line = readCommandLine({ name: "", image, words: [], environment: {}, ports: [], gpus: null });
    expect([line.image, line.tag]).toEqual([repository, tag]);
  });
});

describe("variables as Kubernetes fills them in", () => {
  it.each([
    ["a known one is filled in", "$(NAME)", "iris"],
    ["one that holds another is filled in whole", "--model=$(WHOLE)", "--model=iris-v1"],
    ["two in one word", "$(NAME)/$(NAME)", "iris/iris"],
    ["an escaped one stays as it is", "$$(NAME)", "$(NAME)"],
    ["a doubled dollar is one", "a$$b", "a$b"],
    ["a lone dollar is nothing special", "a$b", "a$b"],
    ["an unknown one leaves nothing", "$(NOPE)", ""],
    ["an unknown one leaves its flag", "--model=$(NOPE)", "--model="],
    ["one from a Secret is unknown", "--model=$(SECRET)", "--model="],
    ["an unknown one makes the whole word unknown", "org/$(SECRET)", ""],
    ["what is inherited by objects is no variable", "--model=$(constructor)", "--model="],
  ])("%s", (_, word, expected) => {
    expect(lineOf([word], iris).words).toEqual([expected]);
  });

  it("ones that name each other end as unknown", () => {
    expect(lineOf(["$(A)", "--model=$(A)"], { A: "$(B)", B: "$(A)" }).words).toEqual(["", "--model="]);
  });

  it("all words of a container share twenty thousand characters", () => {
    const { words } = lineOf(["$(LONG)", "$(LONG)", "--model=$(LONG)"], { LONG: "x".repeat(9_000) });
    expect(words.map(({ length }) => length)).toEqual([9_000, 9_000, "--model=".length]);
  });

  it("values that multiply one another are not filled in", () => {
    const ten = (name: string): string => `$(${name})`.repeat(10);
    const environment = { A: ten("B"), B: ten("C"), C: "x".repeat(1_000) };
    const { words } = lineOf(["uvicorn", "--a=$(A)", "$(A)", "--b=$(A)"], environment);
    expect(words).toEqual(["uvicorn", "--a=", "", "--b="]);
  });
});

describe("scripts behind a shell", () => {
  it.each([
    ["words are taken apart", "exec uvicorn  app:app\t--port 80", ["exec", "uvicorn", "app:app", "--port", "80"]],
    ["single quotes keep a word together", "run 'a b' c", ["run", "a b", "c"]],
    ["single quotes keep a variable from being filled in", "run '$NAME'", ["run", "$NAME"]],
    ["double quotes are taken off", 'run --model="iris"', ["run", "--model=iris"]],
    ["double quotes let a variable be filled in", 'run "$NAME"', ["run", "iris"]],
    ["an empty quoted word is a word", "run ''", ["run", ""]],
    ["double quotes keep a word together", 'run "a b"  c', ["run", "a b", "c"]],
    ["double quotes protect what would end a command", 'run "a;b && c | (d)"', ["run", "a;b && c | (d)"]],
    ["double quotes protect lines and hashes", 'run "a\n# b" c', ["run", "a\n# b", "c"]],
    ["single quotes within double ones are letters", `run "it's" 'so'`, ["run", "it's", "so"]],
    ["double quotes within single ones are letters", `run '"a b"' c`, ["run", '"a b"', "c"]],
    ["a double quote behind a backslash is a letter", 'run "a\\" b"', ["run", 'a" b']],
    ["a comment is not run", "# uvicorn app:app\nrun # vllm serve\nstay", ["run", "stay"]],
    ["a comment at the end has no end", "run # uvicorn", ["run"]],
    ["a hash within a word is a letter", "run a#b", ["run", "a#b"]],
    ["a backslash keeps a blank", "run a\\ b", ["run", "a b"]],
    ["a line that goes on is one line", "run \\\n  --port 80", ["run", "--port", "80"]],
    ["$NAME and ${NAME} are filled in", "run $NAME ${NAME}-v1", ["run", "iris", "iris-v1"]],
    ["what Kubernetes fills in comes first", "run $(NAME)", ["run", "iris"]],
    ["an unknown variable leaves its flag", "run --model=$NOPE --port 80", ["run", "--model=", "--port", "80"]],
    ["a default of the shell's is not told", "run ${NOPE:-other} x", ["run", "", "x"]],
    ["what a command prints is not told", "run --model=`date` x", ["run", "--model=", "x"]],
    ["commands stand behind one another", "cd /app && run; (stay) | tee", ["cd", "/app", "run", "stay", "tee"]],
    ["what installs a program does not run it", "pip install uvicorn && python worker.py", ["python", "worker.py"]],
    ["by its path, and behind exec and sudo", "sudo /usr/bin/apt-get install nginx; exec run", ["exec", "run"]],
    ["uv installs only as `uv pip`", "uv pip install vllm; uv run serve", ["uv", "run", "serve"]],
    ["what prints a name does not run it", "echo uvicorn\nrun", ["run"]],
    ["nor what asks for it", "command -v uvicorn || type gunicorn; hash flask && which vllm; run", ["run"]],
    ["`command` by itself hands over", "command -p uvicorn app:app", ["command", "-p", "uvicorn", "app:app"]],
    ["nor what fetches it", "curl -LO x/ollama; wget x/vllm && git clone y/mlserver\nrun", ["run"]],
    ["nor what speaks to a cluster", "kubectl rollout restart deploy/ollama; helm upgrade vllm .; run", ["run"]],
    ["nor Python's own installer", "python3.12 -m pip install uvicorn && python -m conda x; run", ["run"]],
    ["a module of Python's is run", "python -m uvicorn app:app", ["python", "-m", "uvicorn", "app:app"]],
    ["behind `NAME=value` too", "PIP_INDEX_URL=x A=b pip install vllm; A=b run", ["A=b", "run"]],
    ["what only goes before a program is looked through", "nohup env A=b time pip install vllm; run", ["run"]],
    ["a variable alone is no command", "A=b; run", ["A=b", "run"]],
    ["a shell within a shell is read", "bash -c 'pip install vllm; exec run a' && stay", ["exec", "run", "a", "stay"]],
    ["by its path and behind other words", `exec /bin/bash -e -c "A=b run '$NAME'"`, ["A=b", "run", "iris"]],
  ])("%s", (_, script, words) => {
    expect(scriptOf(script, iris)).toEqual(words);
  });

  it.each([["-c"], ["-lc"], ["-ec"]])("a script of one word behind %s is one", (flag) => {
    expect(lineOf(["bash", flag, "uvicorn;celery"]).words).toEqual(["bash", flag, "uvicorn", "celery"]);
  });

  it("arguments behind the script stay", () => {
    expect(lineOf(["sh", "-c", 'exec "$0" "$@"', "uvicorn", "app:app"]).words.slice(-2)).toEqual([
      "uvicorn",
      "app:app",
    ]);
  });

  it.each([
    [4, ["run"]],
    [5, ["run"]],
    [9, ["sh"]],
  ])("of %i shells in one another five are read", (depth, [first]) => {
    let script = "pip install vllm; run";
    for (let level = 1; level < depth; level += 1) script = `sh -c ${JSON.stringify(script)}`;
    expect(scriptOf(script)[0]).toBe(first);
  });

  it.each([
    ["what speaks to a cluster", ["kubectl", "exec", "deploy/vllm", "vllm", "serve"]],
    ["what fetches, by its path", ["/usr/bin/curl", "http://ollama/serve"]],
    ["what installs, as a module", ["python", "-m", "pip", "install", "uvicorn"]],
    ["what asks for a program", ["command", "-v", "uvicorn"]],
  ])("a container is nothing but %s, and runs nothing", (_, words) => {
    expect(lineOf(words).words).toEqual([]);
  });

  it.each([
    ["quotes without an end", `run ${"'".repeat(9)}`],
    ["double quotes without an end", `run "${"a;b ".repeat(900)}`],
    ["variables without an end", "$".repeat(20_000)],
    ["shells without an end", "sh -c ".repeat(3_000)],
    ["comments without an end", "#".repeat(20_000)],
    ["a backslash at the end", "run \\"],
    ["brackets without an end", "$((((("],
    ["a hundred thousand characters", "run ".repeat(25_000)],
  ])("%s do no harm", (_, script) => {
    expect(scriptOf(script).length).toBeLessThanOrEqual(2_000);
  });
});

it("gunicorn's own variable adds to its words", () => {
  expect(lineOf(["gunicorn", "app"], { GUNICORN_CMD_ARGS: "-k  worker" }).words).toEqual([
    "gunicorn",
    "app",
    "-k",
    "worker",
  ]);
});

it.each([
  ["another program", ["python", "worker.py"], []],
  ["an entrypoint that nobody sees", [], ["-k", "worker"]],
  ["gunicorn by its path", ["/opt/venv/bin/gunicorn"], ["-k", "worker"]],
])("beside %s it adds what it may", (_, words, more) => {
  expect(lineOf(words, { GUNICORN_CMD_ARGS: "-k worker" }).words).toEqual([...words, ...more]);
});

it("of thousands of words two thousand are read", () => {
  expect(lineOf(Array.from({ length: 3_000 }, () => "x")).words).toHaveLength(2_000);
});

describe("what is run", () => {
  it.each([
    ["a program by its name", runs(lineOf(["uvicorn", "app:app"]), "uvicorn"), true],
    ["a program by its path", runs(lineOf(["/opt/venv/bin/uvicorn"]), "uvicorn"), true],
    ["not one that only ends like it", runs(lineOf(["myuvicorn"]), "uvicorn"), false],
    ["not one that only begins like it", runs(lineOf(["uvicorn-exporter"]), "uvicorn"), false],
    ["a program of the folder", runs(lineOf(["./llama-server"]), "llama-server"), true],
    ["a program of a folder of programs", runs(lineOf(["venv/bin/uvicorn"]), "uvicorn"), true],
    ["not a name of several parts that ends like it", runs(lineOf(["org/uvicorn"]), "uvicorn"), false],
    ["not the value of a long option", runs(lineOf(["app", "--backend", "uvicorn"]), "uvicorn"), false],
    ["not its path as one", runs(lineOf(["app", "--with", "/opt/bin/uvicorn"]), "uvicorn"), false],
    ["behind a long option with its own value", runs(lineOf(["--a=b", "uvicorn"]), "uvicorn"), true],
    ["behind a short option", runs(lineOf(["python", "-m", "uvicorn"]), "uvicorn"), true],
    ["a command of a program's", runsCommand(lineOf(["vllm", "serve"]), "vllm", "serve"), true],
    ["a command behind options", runsCommand(lineOf(["mlflow", "-q", "models", "serve"]), "mlflow", "models"), true],
    ["commands in their order", runsCommand(lineOf(["mlflow", "models", "serve"]), "mlflow", "models", "serve"), true],
    ["not in another order", runsCommand(lineOf(["mlflow", "serve", "models"]), "mlflow", "models", "serve"), false],
    ["a command behind an option's value", runsCommand(lineOf(["flask", "--app", "a", "run"]), "flask", "run"), true],
    ["a command behind a joined one", runsCommand(lineOf(["flask", "--app=a", "run"]), "flask", "run"), true],
    ["not behind another command", runsCommand(lineOf(["flask", "db", "run"]), "flask", "run"), false],
    ["not a file of that name", runsCommand(lineOf(["vllm", "bench", "serve"]), "vllm", "serve"), false],
    ["not before the program", runsCommand(lineOf(["serve", "vllm"]), "vllm", "serve"), false],
    ["not far behind it", runsCommand(lineOf(["ray", ..."123456789", "start"]), "ray", "start"), false],
    ["not without the program", runsCommand(lineOf(["serve"]), "vllm", "serve"), false],
    ["a module", runsModule(lineOf(["python", "-m", "sglang"]), "sglang"), true],
    ["a module below it", runsModule(lineOf(["python", "-m", "sglang.launch_server"]), "sglang"), true],
    ["an object of a module", runsModule(lineOf(["gunicorn", "mlflow.server:app"]), "mlflow.server"), true],
    ["not a module that begins like it", runsModule(lineOf(["python", "-m", "sglangs"]), "sglang"), false],
  ])("%s", (_, isRun, expected) => {
    expect(isRun).toBe(expected);
  });
});

it.each([
  ["a program", ["python", "worker.py"], true],
  ["a program behind its wrapper", ["exec", "A=b", "./server"], true],
  ["nothing", [], false],
  ["options for the image's program", ["--port", "80"], false],
  ["a script of the image's", ["/docker/start.sh"], false],
  ["its entrypoint", ["/entrypoint", "x"], false],
  ["a word for its program", ["serve"], false],
])("what is run is told by %s: %j", (_, words, isTold) => {
  expect(tellsProgram(lineOf(words))).toBe(isTold);
});

describe("options", () => {
  it.each([
    ["behind an equals sign", ["--model=iris"], "iris"],
    ["behind a blank", ["--model", "iris"], "iris"],
    ["the first of several values", ["--model", "iris", "rose"], "iris"],
    ["the last of several options", ["--model", "iris", "--model=rose"], "rose"],
    ["with an equals sign of its own", ["--model=a=b"], "a=b"],
    ["none where another option follows", ["--model", "--port"], null],
    ["none at the end", ["--model"], null],
    ["none where it is empty", ["--model="], null],
    ["none where it is unknown", ["--model", "$(NOPE)"], null],
    ["none of an option that begins like it", ["--model-name", "iris"], null],
  ])("%s", (_, words, expected) => {
    expect(optionOf(lineOf(words), "--model")).toBe(expected);
  });

  it("several names for one option are one option", () => {
    expect(optionOf(lineOf(["-a", "iris", "--alias", "rose"]), "--alias", "-a")).toBe("rose");
  });

  it("are counted in both forms", () => {
    expect(countOptions(lineOf(["--load-model=a", "--load-model", "b", "--load-models", "c"]), "--load-model")).toBe(2);
  });

  it("a variable that is empty, missing or inherited has no value", () => {
    const line = lineOf([], iris);
    expect(["NAME", "SECRET", "NOPE", "toString"].map((name) => variableOf(line, name))).toEqual([
      "iris",
      null,
      null,
      null,
    ]);
  });
});
