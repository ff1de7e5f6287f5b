import { describe, expect, it } from "vitest";
import type { ContainerFact } from "../../sources/index.ts";
import { countOptions, optionOf, readCommandLine, runs, runsCommand, runsModule, variableOf } from "./command-line.ts";
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
});

describe("scripts behind a shell", () => {
  it.each([
    ["words are taken apart", "exec uvicorn  app:app\t--port 80", ["exec", "uvicorn", "app:app", "--port", "80"]],
    ["single quotes keep a word together", "run 'a b' c", ["run", "a b", "c"]],
    ["single quotes keep a variable from being filled in", "run '$NAME'", ["run", "$NAME"]],
    ["double quotes are taken off", 'run --model="iris"', ["run", "--model=iris"]],
    ["double quotes let a variable be filled in", 'run "$NAME"', ["run", "iris"]],
    ["an empty quoted word is a word", "run ''", ["run", ""]],
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
    ["quotes without an end", `run ${"'".repeat(9)}`],
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

it("of thousands of words two thousand are read", () => {
  expect(lineOf(Array.from({ length: 3_000 }, () => "x")).words).toHaveLength(2_000);
});

describe("what is run", () => {
  it.each([
    ["a program by its name", runs(lineOf(["uvicorn", "app:app"]), "uvicorn"), true],
    ["a program by its path", runs(lineOf(["/opt/venv/bin/uvicorn"]), "uvicorn"), true],
    ["not one that only ends like it", runs(lineOf(["myuvicorn"]), "uvicorn"), false],
    ["not one that only begins like it", runs(lineOf(["uvicorn-exporter"]), "uvicorn"), false],
    ["a command of a program's", runsCommand(lineOf(["vllm", "serve"]), "vllm", "serve"), true],
    ["a command behind options", runsCommand(lineOf(["mlflow", "-q", "models", "serve"]), "mlflow", "models"), true],
    ["commands in their order", runsCommand(lineOf(["mlflow", "models", "serve"]), "mlflow", "models", "serve"), true],
    ["not in another order", runsCommand(lineOf(["mlflow", "serve", "models"]), "mlflow", "models", "serve"), false],
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
