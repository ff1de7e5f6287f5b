import type { Protocol, ServerKind } from "../model/index.ts";
import { serverKinds } from "../model/index.ts";
import type { ContainerFact } from "../sources/index.ts";

export type Recognition = {
  readonly server: ServerKind;
  readonly protocol: Protocol;
  readonly modelName: string | null;
  /** Why, for the reader. */
  readonly because: string;
};

/** Images of what is certainly no model and no service of anybody's (SERVING §4: databases, brokers, object stores, dashboards). */
const infrastructureImages =
  /(^|\/)(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|memcached|rabbitmq|kafka|zookeeper|nats|etcd|elasticsearch|opensearch|minio|prometheus|alertmanager|grafana|loki|jaeger|fluent-?bit|otel-collector|opentelemetry-collector)([:@-]|$)/;

function argumentAfter(words: readonly string[], flag: string): string | null {
  const joined = words.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const index = words.indexOf(flag);
  return index === -1 ? null : (words[index + 1] ?? null);
}

function recogniseContainer(container: ContainerFact): Recognition | null {
  const { image, environment } = container;
  const words = container.words.flatMap((word) => word.split(/\s+/));
  const says = (word: string): boolean =>
    words.some((candidate) => candidate === word || candidate.endsWith(`/${word}`));
  if (
    /(^|\/)seldonio\/mlserver([:@-]|$)/.test(image) ||
    says("mlserver") ||
    Object.keys(environment).some((name) => name.startsWith("MLSERVER_"))
  ) {
    const modelName = environment["MLSERVER_MODEL_NAME"] ?? null;
    return {
      server: "mlserver",
      protocol: "open-inference",
      modelName: modelName === "" ? null : modelName,
      because: `its container runs MLServer (${image})`,
    };
  }
  const modelName = argumentAfter(words, "--model_name");
  if (/(^|\/)kserve\/[a-z]+server([:@-]|$)/.test(image) || modelName !== null) {
    return {
      server: "kserve",
      protocol: "kserve-v1",
      modelName,
      because: `its container runs a KServe Python server (${image})`,
    };
  }
  if (
    says("uvicorn") ||
    says("hypercorn") ||
    words.some((word) => word.includes("uvicorn.workers")) ||
    (says("fastapi") && (words.includes("run") || words.includes("dev")))
  ) {
    return {
      server: "fastapi",
      protocol: "rest",
      modelName: null,
      because: "its container starts an ASGI server, as FastAPI services do",
    };
  }
  return null;
}

/** What the annotation `gatebook.dev/server` names; null where it names none that is known. */
export function serverNamed(name: string | undefined): ServerKind | null {
  return serverKinds.find((kind) => kind === name) ?? null;
}

/** The server in a pod, told by image, command, arguments and variables, without a request (SERVING §5); null where none is known. */
export function recogniseServer(containers: readonly ContainerFact[]): Recognition | null {
  for (const container of containers) {
    const recognition = recogniseContainer(container);
    if (recognition !== null) return recognition;
  }
  return null;
}

/** The image that shows these containers to be infrastructure; null where none does. */
export function infrastructureImage(containers: readonly ContainerFact[]): string | null {
  return containers.find((container) => infrastructureImages.test(container.image))?.image ?? null;
}

/** The protocol that a server speaks, where nothing more exact is said. */
export function protocolOf(server: ServerKind): Protocol {
  switch (server) {
    case "mlserver":
      return "open-inference";
    case "kserve":
      return "kserve-v1";
    case "fastapi":
    case "unknown-http":
      return "rest";
  }
}
