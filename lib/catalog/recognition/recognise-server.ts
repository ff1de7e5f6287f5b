import type { Protocol, ServerKind } from "../../model/index.ts";
import { serverKinds } from "../../model/index.ts";
import type { ContainerFact } from "../../sources/index.ts";
import { readCommandLine, tellsProgram } from "./command-line.ts";
import type { CommandLine } from "./command-line.ts";
import { infrastructureOf, isSidecar } from "./infrastructure.ts";
import { serverRows } from "./server-rows.ts";
import type { ServerRow } from "./server-rows.ts";
import { protocolOf, serverTitles } from "./server-titles.ts";

export type Recognition = {
  readonly server: ServerKind;
  readonly protocol: Protocol;
  readonly modelName: string | null;
  /** The server's own version, where its own image tells it. */
  readonly version: string | null;
  /** The container that told; null where labels or a port did. */
  readonly container: ContainerFact | null;
  /** Why, for the reader. */
  readonly because: string;
};

/** What stands behind an address. */
export type Workload = {
  readonly containers: readonly ContainerFact[];
  readonly labels?: Readonly<Record<string, string>>;
  /** The port of the pod that the address leads to, by number or by name; null where it is not known. */
  readonly targetPort?: number | string | null;
};

/** Labels that operators and charts set on pods (SERVING §5, the last in order). */
const labelHints: readonly {
  readonly name: RegExp;
  readonly value?: string;
  readonly server: ServerKind;
}[] = [
  { name: /^mlrun\/class$/, value: "serving", server: "mlrun-serving" },
  { name: /^nuclio\.io\/class$/, value: "function", server: "nuclio" },
  { name: /^yatai\.ai\/bento(-deployment)?$/, server: "bentoml" },
  { name: /^seldon-deployment-id$/, server: "seldon-executor" },
  { name: /^app\.kubernetes\.io\/component$/, value: "inference", server: "unknown-http" },
];

/** What applications are built upon: the tag of their image is the application's. */
const builtUpon: ReadonlySet<ServerKind> = new Set(["bentoml", "fastapi", "flask"]);

function isOwnImage({ image, notTag }: ServerRow, line: CommandLine): boolean {
  return image?.test(line.image) === true && notTag?.test(line.tag ?? "") !== true;
}

function recogniseContainer(container: ContainerFact): Recognition | null {
  if (isSidecar(container)) return null;
  const line = readCommandLine(container);
  const row =
    serverRows.find((candidate) => isOwnImage(candidate, line)) ??
    serverRows.find((candidate) => candidate.words?.(line) === true) ??
    serverRows.find((candidate) => candidate.ownEnvironment?.(line) === true) ??
    (tellsProgram(line) ? undefined : serverRows.find((candidate) => candidate.environment?.(line) === true));
  if (row === undefined) return null;
  return {
    server: row.server,
    protocol: protocolOf(row.server),
    modelName: row.modelName?.(line)?.slice(0, 200) ?? null,
    version: isOwnImage(row, line) && !builtUpon.has(row.server) && /\d/.test(line.tag ?? "") ? line.tag : null,
    container,
    because: `runs ${serverTitles[row.server]} (${container.image.slice(0, 200)})`,
  };
}

/** Containers that may answer at the port: the one that declares it before all others, proxies and agents not at all. */
function inOrder({ containers, targetPort = null }: Workload): readonly ContainerFact[] {
  const own = containers.filter((container) => !isSidecar(container));
  if (targetPort === null) return own;
  const declares = (container: ContainerFact): boolean =>
    container.ports.some((port) => port.port === targetPort || (port.name !== "" && port.name === targetPort));
  const declaring = own.filter(declares);
  return declaring.length === 0 ? own : declaring;
}

function hintOf({ labels = {}, targetPort = null }: Workload): Recognition | null {
  for (const hint of labelHints) {
    const found = Object.entries(labels).find(
      ([name, value]) => hint.name.test(name) && (hint.value === undefined || hint.value === value),
    );
    if (found === undefined) continue;
    return {
      server: hint.server,
      protocol: protocolOf(hint.server),
      modelName: null,
      version: null,
      container: null,
      because: `has the label ${found[0]}=${found[1].slice(0, 100)}`,
    };
  }
  return targetPort === 11434
    ? {
        server: "ollama",
        protocol: protocolOf("ollama"),
        modelName: null,
        version: null,
        container: null,
        because: "listens on Ollama's port 11434",
      }
    : null;
}

/** The server that a container of it tells. */
function recogniseContainers(workload: Workload): Recognition | null {
  for (const container of inOrder(workload)) {
    const recognition = infrastructureOf(container) === null ? recogniseContainer(container) : null;
    if (recognition !== null) return recognition;
  }
  return null;
}

/**
 * The server behind an address, told without a request: by image, command and variables of the container that answers there,
 * then by labels and the port's number (SERVING §5). Null where none is known.
 */
export function recogniseServer(workload: Workload): Recognition | null {
  return recogniseContainers(workload) ?? hintOf(workload);
}

/** Why what stands behind an address is infrastructure; null where it is not, or where nobody can know. */
export function infrastructureReason(workload: Workload): string | null {
  // A label may be of anybody's: it makes no server of what is known to be something else.
  if (recogniseContainers(workload) !== null) return null;
  const [first] = inOrder(workload);
  if (first !== undefined) return infrastructureOf(first);
  // Where nothing is but what elsewhere stands beside a workload, it is that: a gateway, an agent.
  const [only] = workload.containers;
  return only === undefined
    ? null
    : (infrastructureOf(only) ?? `Its container ${only.image.slice(0, 200)} is infrastructure.`);
}

/** What the annotation `gatebook.dev/server` names; null where it names none that is known. */
export function serverNamed(name: string | undefined): ServerKind | null {
  return serverKinds.find((kind) => kind === name) ?? null;
}
