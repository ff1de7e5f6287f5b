import { readExampleSettings } from "../../examples/settings.ts";
import type { ExampleSettings } from "../../examples/settings.ts";
import { GatebookError } from "../../lib/base/index.ts";
import { controllerSettings, readSettings, webSettings } from "../../lib/env/index.ts";
import type { NeededPort } from "../checks/ports.ts";
import type { KeptSecrets } from "../embedded/kept-secrets.ts";
import { settingProblem } from "../failure.ts";
import { refuseOpenExampleSignIn } from "./decide-embedding.ts";
import type { Embedding } from "./decide-embedding.ts";

type Variables = Readonly<Record<string, string | undefined>>;

export type StartSettings = {
  /** What the roles get; DATABASE_URL is a stand-in as long as the embedded Postgres has not said its own. */
  readonly web: Readonly<Record<string, string>>;
  readonly controller: Readonly<Record<string, string>>;
  readonly examples: ExampleSettings;
  readonly databaseUrl: string | null;
  readonly issuer: string;
  readonly oidcPort: number;
  /** Where the portal answers this process, whatever its name outside. */
  readonly localUrl: string;
  readonly publicUrl: string;
  readonly ports: readonly NeededPort[];
};

const anyAddress = new Set(["0.0.0.0", "::"]);
const standInDatabase = "postgresql://embedded/gatebook";

function portOf(variables: Variables, name: string, fallback: number, problems: string[]): number {
  const text = variables[name] ?? "";
  const value = text === "" ? fallback : Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  problems.push(`${name}: must be a port number from 1 to 65535.`);
  return fallback;
}

/** Runs one check and turns its complaint into entries of `problems`. */
function gather<Result>(problems: string[], check: () => Result): Result | null {
  try {
    return check();
  } catch (err) {
    if (err instanceof GatebookError && err.code !== "configuration") throw err;
    if (!(err instanceof Error)) throw err;
    problems.push(...err.message.split("\n"));
    return null;
  }
}

function present(variables: Variables): Record<string, string> {
  const entries = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

/** Joins what is set with what is embedded, checks all of it, and throws one error that lists every problem. */
export function composeSettings(options: {
  readonly variables: Variables;
  readonly embedding: Embedding;
  readonly secrets: KeptSecrets;
  readonly clusterFolder: string;
}): StartSettings {
  const { variables, embedding, secrets } = options;
  const problems: string[] = [];
  const port = portOf(variables, "PORT", 3000, problems);
  const oidcPort = portOf(variables, "EXAMPLES_OIDC_PORT", 3001, problems);
  const metricsText = variables["METRICS_PORT"] ?? "";
  const metricsPort = metricsText === "0" ? 0 : portOf(variables, "METRICS_PORT", 9464, problems);
  const publicUrl =
    (variables["PUBLIC_URL"] ?? "") === "" ? `http://localhost:${String(port)}` : (variables["PUBLIC_URL"] ?? "");
  const examples = gather(problems, () => readExampleSettings(variables)) ?? readExampleSettings({});
  const signInEmbedded = embedding.signIn.embedded;
  const issuer = signInEmbedded ? `http://localhost:${String(oidcPort)}` : (variables["OIDC_ISSUER"] ?? "");
  const allowed = embedding.cluster.embedded
    ? [
        ...Array.from({ length: 20 }, (_, offset) => `127.0.0.1:${String(examples.portBase + offset + 1)}`),
        `127.0.0.1:${String(examples.gatewayPort)}`,
      ]
    : [];
  const ownSecret = (variables["SESSION_SECRET"] ?? "") !== "" || (variables["SESSION_SECRET_FILE"] ?? "") !== "";
  const common: Record<string, string> = {
    ...present(variables),
    ...(embedding.database.embedded ? { DATABASE_URL: standInDatabase } : {}),
    PUBLIC_URL: publicUrl,
    GATEBOOK_ALLOW_HOSTS: [variables["GATEBOOK_ALLOW_HOSTS"] ?? "", ...allowed].filter((part) => part !== "").join(","),
    ...((variables["LOG_LEVEL"] ?? "") === "" ? { LOG_LEVEL: "warn" } : {}),
    ...(signInEmbedded ? { GATEBOOK_ADMIN_GROUPS: variables["GATEBOOK_ADMIN_GROUPS"] ?? "platform" } : {}),
  };
  const web: Record<string, string> = {
    ...common,
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    ...(ownSecret ? {} : { SESSION_SECRET: secrets.sessionSecret }),
    ...(signInEmbedded
      ? {
          HOST: (variables["HOST"] ?? "") === "" ? "127.0.0.1" : (variables["HOST"] ?? ""),
          OIDC_ISSUER: issuer,
          OIDC_CLIENT_ID: "gatebook",
          OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
        }
      : {}),
  };
  const controller: Record<string, string> = {
    ...common,
    METRICS_PORT: String(metricsPort === 0 ? 0 : metricsPort + 1),
    ...(signInEmbedded && (variables["HOST"] ?? "") === "" ? { HOST: "127.0.0.1" } : {}),
    ...(embedding.cluster.embedded
      ? {
          GATEBOOK_MANIFESTS: options.clusterFolder,
          CLUSTER_NAME: variables["CLUSTER_NAME"] ?? "example",
          GATEBOOK_PUBLIC_NAMESPACES: variables["GATEBOOK_PUBLIC_NAMESPACES"] ?? "open-models",
        }
      : {}),
  };
  const checkedWeb = gather(problems, () => readSettings(webSettings, web));
  const checkedController = gather(problems, () => readSettings(controllerSettings, controller));
  if (signInEmbedded && checkedWeb !== null) {
    gather(problems, () => {
      refuseOpenExampleSignIn({ publicUrl: checkedWeb.PUBLIC_URL, host: checkedWeb.HOST });
    });
  }
  if (problems.length > 0 || checkedWeb === null || checkedController === null) {
    throw settingProblem([...new Set(problems)].join("\n"));
  }
  const own = "127.0.0.1";
  const ports: NeededPort[] = [{ port, host: checkedWeb.HOST, purpose: "the portal", setting: "PORT" }];
  if (metricsPort !== 0) {
    const purpose = ["the metrics of the web process", "the metrics of the controller"] as const;
    purpose.forEach((what, index) => {
      ports.push({ port: metricsPort + index, host: checkedWeb.HOST, purpose: what, setting: "METRICS_PORT" });
    });
  }
  if (signInEmbedded) {
    ports.push({ port: oidcPort, host: own, purpose: "the embedded sign-in", setting: "EXAMPLES_OIDC_PORT" });
  }
  if (embedding.cluster.embedded) {
    ports.push({
      port: examples.gatewayPort,
      host: own,
      purpose: "the example gateway",
      setting: "EXAMPLES_GATEWAY_PORT",
    });
    for (let offset = 1; offset <= 20; offset += 1) {
      ports.push({
        port: examples.portBase + offset,
        host: own,
        purpose: "an example model",
        setting: "EXAMPLES_PORT_BASE (twenty ports follow it)",
      });
    }
  }
  return {
    web,
    controller,
    examples,
    databaseUrl: embedding.database.embedded ? null : checkedWeb.DATABASE_URL,
    issuer,
    oidcPort,
    localUrl: `http://${anyAddress.has(checkedWeb.HOST) ? own : checkedWeb.HOST}:${String(port)}/`,
    publicUrl: checkedWeb.PUBLIC_URL,
    ports,
  };
}
