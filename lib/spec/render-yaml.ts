import { stringify } from "yaml";
import type { JsonObject } from "../model/index.ts";

/** The document as YAML 1.2 in its own order of keys, without aliases and folded lines. */
export function renderYaml(document: JsonObject): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, version: "1.2" });
}
