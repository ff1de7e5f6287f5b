import type { Backend, GatewayRule } from "./route-table.ts";

export type Routed =
  | { readonly kind: "no-route" }
  | { readonly kind: "no-backend" }
  | { readonly kind: "backend"; readonly backend: Backend; readonly path: string };

function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : pattern === host;
}

/** The path that the backend sees, or null where the rule does not cover the path; prefixes are matched by segments. */
function backendPath(rule: GatewayRule, path: string): string | null {
  switch (rule.match) {
    case "exact":
      return path === rule.path ? (rule.replacement ?? path) : null;
    case "pattern":
      return new RegExp(rule.path).test(path) ? path : null;
    case "prefix": {
      const prefix = rule.path.replace(/\/+$/, "");
      if (path !== prefix && !path.startsWith(`${prefix}/`)) return null;
      if (rule.replacement === null) return path;
      const rest = path.slice(prefix.length);
      const whole = `${rule.replacement.replace(/\/+$/, "")}${rest}`;
      return whole === "" ? "/" : whole;
    }
  }
}

/** Chooses rule and backend for one request; `random` in [0, 1) decides between weights. */
export function matchRule(
  rules: readonly GatewayRule[],
  request: { readonly host: string; readonly path: string },
  random: number,
): Routed {
  for (const rule of rules) {
    if (rule.hostnames.length > 0 && !rule.hostnames.some((pattern) => hostMatches(pattern, request.host))) continue;
    const path = backendPath(rule, request.path);
    if (path === null) continue;
    const total = rule.services.reduce((sum, { weight }) => sum + weight, 0);
    let left = random * total;
    const service = rule.services.find(({ weight }) => weight > 0 && (left -= weight) < 0);
    const backend = service?.backends[Math.floor(random * (service.backends.length || 1))] ?? service?.backends[0];
    return backend === undefined ? { kind: "no-backend" } : { kind: "backend", backend, path };
  }
  return { kind: "no-route" };
}
