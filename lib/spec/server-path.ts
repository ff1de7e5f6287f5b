import type { Json } from "../model/index.ts";
import { arrayOf, objectOf, textOf } from "./json-value.ts";

/**
 * The path of the first of these servers, without a slash at its end: its variables at their defaults, relative ones from the
 * root, query and host left out. Empty where there is none, or where a part of it is left open.
 */
export function serverPath(servers: Json | undefined): string {
  const server = objectOf(arrayOf(servers)[0]);
  const variables = objectOf(server["variables"]);
  let isOpen = false;
  const url = (textOf(server["url"]) ?? "").replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
    const value = textOf(objectOf(variables[name])["default"]);
    isOpen ||= value === null;
    return value ?? "";
  });
  const base = "http://server.invalid/";
  if (isOpen || !URL.canParse(url, base)) return "";
  return new URL(url, base).pathname.replace(/\/+$/, "");
}
