import type { ModelFact, RequiredHeader } from "../../model/index.ts";
import type { KongPluginObservation, Observed, Rewrite, RouteMatch, ServiceObservation } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf } from "../names.ts";
import { trimmed } from "./exposure.ts";

const prefix = "konghq.com/";

function word(object: Pick<Observed, "annotations"> | undefined, name: string): string | null {
  const value = object?.annotations[`${prefix}${name}`]?.trim();
  return value === undefined || value === "" ? null : value;
}

function wordsIn(text: string | null): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 16);
}

/** True where annotations of Kong's say something of the route. */
export function isKongRoute(route: Observed): boolean {
  return Object.keys(route.annotations).some((name) => name.startsWith(prefix));
}

/** A path that Kong reads as a pattern: it begins with "/~". */
export function isKongPattern(path: string): boolean {
  return path.startsWith("/~");
}

/** How Kong changes a path: what is stripped, what its Service puts before it, what replaces it whole. */
export function kongRewrite(
  route: Observed,
  service: ServiceObservation | undefined,
  match: RouteMatch,
): Rewrite | null {
  const whole = word(route, "rewrite");
  if (whole !== null)
    return whole.includes("$")
      ? { kind: "unknown", reason: `Kong changes its paths by the pattern ${whole.slice(0, 100)}.` }
      : { kind: "full", path: whole };
  const isStripped = word(route, "strip-path") === "true";
  const before = trimmed(word(service, "path") ?? "/");
  if (!isStripped && before === "") return null;
  const rest = isStripped ? "" : trimmed(match.path);
  return { kind: "prefix", path: `${before}${rest}` === "" ? "/" : `${before}${rest}` };
}

/** A match with what Kong's annotations ask for besides: methods and headers. */
export function kongMatch(route: Observed, match: RouteMatch): RouteMatch {
  const methods = wordsIn(word(route, "methods")).map((method) => method.toUpperCase());
  const headers = Object.entries(route.annotations).flatMap(([name, value]): readonly RequiredHeader[] => {
    if (!name.startsWith(`${prefix}headers.`)) return [];
    const [only, ...more] = wordsIn(value);
    return [{ name: name.slice(`${prefix}headers.`.length), value: more.length > 0 ? null : (only ?? null) }];
  });
  return {
    ...match,
    methods: methods.length === 0 ? match.methods : methods,
    headers: [...match.headers, ...headers],
  };
}

/** Further hosts of a route, beside the ones that it names. */
export function kongHosts(route: Observed): readonly string[] {
  return wordsIn(word(route, "host-aliases")).map((host) => host.toLowerCase());
}

/** True where Kong takes https alone. */
export function kongIsSecure(route: Observed): boolean {
  const protocols = wordsIn(word(route, "protocols"));
  return protocols.length > 0 && protocols.every((protocol) => protocol === "https" || protocol === "grpcs");
}

const authentications = new Set([
  "basic-auth",
  "hmac-auth",
  "jwt",
  "key-auth",
  "key-auth-enc",
  "ldap-auth",
  "ldap-auth-advanced",
  "mtls-auth",
  "oauth2",
  "oauth2-introspection",
  "openid-connect",
]);

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string").slice(0, 8) : [];
}

function factsOf({ plugin, config }: KongPluginObservation): readonly ModelFact[] {
  if (authentications.has(plugin)) {
    const names = textsIn(config["key_names"]);
    const where = names.length === 0 ? "" : ` in ${names.join(" or ")}`;
    return [{ name: "Authentication", value: `${plugin}${where}` }];
  }
  if (plugin.startsWith("rate-limiting")) {
    const limits = ["second", "minute", "hour", "day"].flatMap((unit) => {
      const count = config[unit];
      return typeof count === "number" ? [`${String(count)} a ${unit}`] : [];
    });
    return [{ name: "Rate limit", value: limits.length === 0 ? "yes" : limits.join(", ") }];
  }
  if (plugin === "request-size-limiting" && typeof config["allowed_payload_size"] === "number") {
    const unit = typeof config["size_unit"] === "string" ? config["size_unit"] : "megabytes";
    return [{ name: "Largest body", value: `${String(config["allowed_payload_size"])} ${unit}` }];
  }
  return plugin === "ip-restriction" || plugin === "acl"
    ? [{ name: "Callers", value: `only some of them are let in (${plugin})` }]
    : [];
}

function problemOf({ name, plugin, config }: KongPluginObservation): string | null {
  if (plugin === "request-termination") return `Kong answers by itself there (plugin ${name}).`;
  const replaced = config["replace"];
  const changes =
    plugin.startsWith("request-transformer") &&
    typeof replaced === "object" &&
    replaced !== null &&
    (replaced as Readonly<Record<string, unknown>>)["uri"] !== undefined;
  return changes ? `Kong changes its paths (plugin ${name}), which is not followed.` : null;
}

/** What plugins of a route and of its Service ask of callers, and what of them stands in the way. */
export function kongPlugins(
  world: WorldIndex,
  holders: readonly (Observed | undefined)[],
): { readonly facts: readonly ModelFact[]; readonly problem: string | null } {
  const plugins = holders.flatMap((holder) =>
    holder === undefined
      ? []
      : wordsIn(word(holder, "plugins")).flatMap((name) => {
          const found = world.plugins.get(nameOf(holder.namespace, name)) ?? world.plugins.get(nameOf("", name));
          return found === undefined || found.disabled ? [] : [found];
        }),
  );
  return {
    facts: plugins.flatMap(factsOf),
    problem: plugins.map(problemOf).find((problem) => problem !== null) ?? null,
  };
}
