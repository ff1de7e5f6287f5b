import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_500);

const schema = z.object({
  EXAMPLES_PORT_BASE: port.default(18_100),
  EXAMPLES_GATEWAY_PORT: port.default(8088),
});

export type ExampleSettings = {
  /** The example models listen on the twenty ports after this one. */
  readonly portBase: number;
  readonly gatewayPort: number;
};

/** What the manifests in `examples/cluster` name; other ports are written into the copy that is served. */
export const defaultExampleSettings: ExampleSettings = { portBase: 18_100, gatewayPort: 8088 };

/** Reads the examples' own two settings; throws with one line a problem. */
export function readExampleSettings(variables: Readonly<Record<string, string | undefined>>): ExampleSettings {
  const parsed = schema.safeParse({
    EXAMPLES_PORT_BASE: variables["EXAMPLES_PORT_BASE"],
    EXAMPLES_GATEWAY_PORT: variables["EXAMPLES_GATEWAY_PORT"],
  });
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join(".")} must be a port number from 1 to 65500.`).join("\n"),
    );
  }
  return { portBase: parsed.data.EXAMPLES_PORT_BASE, gatewayPort: parsed.data.EXAMPLES_GATEWAY_PORT };
}
