import { createServer } from "node:net";

/** Where the stack of one run listens. Chosen once, by the process that starts it, and inherited by the workers. */
export type StackAddress = {
  readonly portalUrl: string;
  readonly environment: { readonly [name: string]: string };
};

const names = ["PORT", "METRICS_PORT", "EXAMPLES_OIDC_PORT", "EXAMPLES_GATEWAY_PORT", "EXAMPLES_PORT_BASE"] as const;
const blockSize = 40;

export async function readStackAddress(): Promise<StackAddress> {
  const kept = process.env["E2E_FIRST_PORT"];
  const first = kept === undefined ? await freeBlock() : Number(kept);
  process.env["E2E_FIRST_PORT"] = String(first);
  // METRICS_PORT takes two ports, and twenty follow EXAMPLES_PORT_BASE.
  const environment = Object.fromEntries(names.map((name, index) => [name, String(first + index * 2)]));
  return { portalUrl: `http://localhost:${first}`, environment };
}

/** The first of forty ports in a row that nobody listens on, below those that the system hands out by itself. */
async function freeBlock(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 250) * blockSize;
    const free = await Promise.all(Array.from({ length: blockSize }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error("No forty free ports in a row were found between 20000 and 30000.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
