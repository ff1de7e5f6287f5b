import type { PythonEnvironment } from "../../test/servers/ensure-python.ts";

/** What each server of this run is installed from; the names are those of `npm run test:servers`, which shares the cache. */
export const environments = {
  fastapi: { name: "fastapi-0.165.0", packages: ["fastapi==0.165.0", "uvicorn==0.54.0"] },
  kserve: { name: "kserve-0.21.0", packages: ["kserve==0.21.0"] },
  mlserver: { name: "mlserver-1.7.1", packages: ["mlserver==1.7.1"] },
} as const satisfies Readonly<Record<string, PythonEnvironment>>;
