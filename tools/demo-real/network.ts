import { execFileSync } from "node:child_process";

const namespace = "gatebook-models";
const outside = "gatebook-out";
const inside = "gatebook-in";

/** The address of the portal's side, and the one that the models live on. */
export const gatewayAddress = "10.200.0.1";
export const modelsAddress = "10.200.0.2";

function ip(...parts: string[]): void {
  execFileSync("ip", parts, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Why this machine cannot have the miniature network, in one sentence; null where it can. */
export function networkProblem(): string | null {
  if (process.platform !== "linux") return "This run needs Linux: it makes a network namespace for the models.";
  if (process.getuid?.() !== 0) return "This run needs root: it makes a network namespace for the models.";
  try {
    ip("-V");
  } catch {
    return "This run needs the `ip` command: install the package iproute2.";
  }
  return null;
}

/** Makes a network namespace with one address, joined to this machine by a virtual cable; what an earlier run left is removed first. */
export function createNetwork(): void {
  removeNetwork();
  ip("netns", "add", namespace);
  ip("link", "add", outside, "type", "veth", "peer", "name", inside);
  ip("link", "set", inside, "netns", namespace);
  ip("addr", "add", `${gatewayAddress}/24`, "dev", outside);
  ip("link", "set", outside, "up");
  ip("netns", "exec", namespace, "ip", "addr", "add", `${modelsAddress}/24`, "dev", inside);
  ip("netns", "exec", namespace, "ip", "link", "set", inside, "up");
  ip("netns", "exec", namespace, "ip", "link", "set", "lo", "up");
}

/** Removes the namespace and with it the cable. */
export function removeNetwork(): void {
  for (const command of [
    ["link", "del", outside],
    ["netns", "del", namespace],
  ]) {
    try {
      ip(...command);
    } catch {
      continue; // It was not there.
    }
  }
}

/** The command that runs another one inside the namespace. */
export function insideNetwork(command: string, args: readonly string[]): { command: string; args: string[] } {
  return { command: "ip", args: ["netns", "exec", namespace, command, ...args] };
}
