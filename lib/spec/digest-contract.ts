import { sha256Hex } from "../base/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { readBasePaths, readOperations } from "./api-form.ts";
import { canonicalJson } from "./canonical-json.ts";
import { operationContract } from "./operation-contract.ts";
import { schemaReaderOf } from "./schema-reader.ts";

/** Hex SHA-256 of the contract (DESIGN §6) of an upgraded document. */
export function digestContract(document: JsonObject): string {
  const reader = schemaReaderOf(document);
  const contractsOf = (key: "paths" | "webhooks"): Json =>
    Object.fromEntries([...readOperations(document, key)].map(([id, form]) => [id, operationContract(reader, form)]));
  return sha256Hex(
    canonicalJson({
      paths: contractsOf("paths"),
      webhooks: contractsOf("webhooks"),
      basePaths: [...readBasePaths(document["servers"])],
    }),
  );
}
