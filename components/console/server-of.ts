import type { OperationId } from "./operation-id.ts";

/** The server of an operation that lies at an endpoint; null where the endpoint's route does not lead to the operation. */
export function serverOf(operation: Pick<OperationId, "path" | "servers">, endpointUrl: string): string | null {
  const base = endpointUrl.replace(/\/+$/, "");
  return (
    operation.servers.find((server) => {
      const whole = `${server.replace(/\/+$/, "")}${operation.path}`;
      return whole === base || (whole.startsWith(base) && sameOrigin(server, base));
    }) ?? null
  );
}

function sameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
}
