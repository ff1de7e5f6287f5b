import { execFileSync } from "node:child_process";

/** A network of its own for one program, as a pod has one, joined to this machine by a virtual cable. */
export type PodNetwork = {
  /** The name of the network namespace. */
  readonly name: string;
  /** The two ends of the cable; fifteen characters at most. */
  readonly outside: string;
  readonly inside: string;
  /** The address of this machine there, and the program's own. */
  readonly hostAddress: string;
  readonly podAddress: string;
  readonly prefixLength: number;
};

function ip(...parts: string[]): void {
  execFileSync("ip", parts, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Why this machine cannot have such a network, in one sentence; null where it can. */
export function networkProblem(): string | null {
  if (process.platform !== "linux") return "This run needs Linux: it makes network namespaces for the models.";
  if (process.getuid?.() !== 0) return "This run needs root: it makes network namespaces for the models.";
  try {
    ip("-V");
  } catch {
    return "This run needs the `ip` command: install the package iproute2.";
  }
  return null;
}

/** Makes the namespace, the cable and both addresses; what an earlier run left is removed first. Throws what `ip` says. */
export function createPodNetwork(network: PodNetwork): void {
  const { name, outside, inside, hostAddress, podAddress, prefixLength } = network;
  removePodNetwork(network);
  ip("netns", "add", name);
  ip("link", "add", outside, "type", "veth", "peer", "name", inside);
  ip("link", "set", inside, "netns", name);
  ip("addr", "add", `${hostAddress}/${String(prefixLength)}`, "dev", outside);
  ip("link", "set", outside, "up");
  ip("netns", "exec", name, "ip", "addr", "add", `${podAddress}/${String(prefixLength)}`, "dev", inside);
  ip("netns", "exec", name, "ip", "link", "set", inside, "up");
  ip("netns", "exec", name, "ip", "link", "set", "lo", "up");
}

/** Removes the namespace and with it the cable. */
export function removePodNetwork({ name, outside }: Pick<PodNetwork, "name" | "outside">): void {
  for (const command of [
    ["link", "del", outside],
    ["netns", "del", name],
  ]) {
    try {
      ip(...command);
    } catch {
      continue; // It was not there.
    }
  }
}

/** The command that runs another one inside the namespace. */
export function insideNetwork(
  { name }: Pick<PodNetwork, "name">,
  command: string,
  args: readonly string[],
): { command: string; args: string[] } {
  return { command: "ip", args: ["netns", "exec", name, command, ...args] };
}
