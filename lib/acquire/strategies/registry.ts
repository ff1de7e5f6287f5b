import type { ServerKind } from "../../model/index.ts";
import { fastapiStrategy } from "./fastapi.ts";
import { kserveStrategy } from "./kserve.ts";
import { mlserverStrategy } from "./mlserver.ts";
import type { Strategy } from "./strategy.ts";
import { unknownHttpStrategy } from "./unknown-http.ts";

/** Every strategy, by the server that it is for. */
export const strategies: { readonly [Server in ServerKind]: Strategy } = {
  fastapi: fastapiStrategy,
  kserve: kserveStrategy,
  mlserver: mlserverStrategy,
  "unknown-http": unknownHttpStrategy,
};
