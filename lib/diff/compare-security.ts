import type { Json } from "../model/index.ts";
import { alternativeKey } from "../spec/index.ts";
import type { OperationForm, SecurityAlternative } from "../spec/index.ts";
import type { OperationWork } from "./operation-work.ts";

/** Whether who has what `had` asks for also has what `asked` asks for. */
function satisfies(had: SecurityAlternative, asked: SecurityAlternative): boolean {
  return asked.every(({ scheme, scopes }) =>
    had.some((own) => own.scheme === scheme && [...scopes].every((scope) => own.scopes.has(scope))),
  );
}

function sameSchemes(left: SecurityAlternative, right: SecurityAlternative): boolean {
  const schemes = (alternative: SecurityAlternative): string => alternative.map(({ scheme }) => scheme).join("\n");
  return schemes(left) === schemes(right);
}

function say(alternative: SecurityAlternative): string {
  if (alternative.length === 0) return "nothing";
  return alternative
    .map(({ name, scopes }) => (scopes.size === 0 ? name : `${name} (${[...scopes].sort().join(", ")})`))
    .join(" and ");
}

function sayAll(alternatives: readonly SecurityAlternative[]): Json {
  return alternatives.map(say);
}

function scopesOf(alternative: SecurityAlternative): Json {
  return alternative.flatMap(({ scopes }) => [...scopes]).sort();
}

const flowsMax = 8;

/** Who may get a token by several flows of OAuth has as many ways in: one more takes nothing from those who use another. */
function byFlow(way: SecurityAlternative): readonly SecurityAlternative[] {
  const at = way.findIndex(({ flows }) => flows.length > 1 && flows.length <= flowsMax);
  const requirement = way[at];
  if (requirement === undefined) return [way];
  return requirement.flows.flatMap(({ name, scheme }) =>
    byFlow(way.with(at, { ...requirement, name: `${requirement.name} by ${name}`, scheme, flows: [] })),
  );
}

/** Compares the ways in: a way is lost where who uses it meets no way of the new description (DIFF §7, cover of sets). */
export function compareSecurity(work: OperationWork, before: OperationForm, after: OperationForm): void {
  const at = { subject: "authentication", before, after };
  const left = before.security.flatMap(byFlow);
  const right = after.security.flatMap(byFlow);
  const known = new Set(left.map(alternativeKey));
  const named = new Set(right.map(alternativeKey));
  const kin = new Set<SecurityAlternative>();
  for (const way of left) {
    if (named.has(alternativeKey(way))) continue;
    const same = right.find((other) => sameSchemes(way, other) && !known.has(alternativeKey(other)));
    if (same !== undefined) kin.add(same);
    const scopes = same === undefined ? {} : { from: scopesOf(way), to: scopesOf(same) };
    const enough = right.find((other) => satisfies(way, other));
    if (enough !== undefined) {
      if (same !== undefined) work.report("api-security-scope-removed", "request", { ...at, ...scopes });
      // A way that is new itself is said below.
      else if (known.has(alternativeKey(enough)))
        work.report("api-security-covered", "request", { ...at, from: say(way), to: say(enough) });
    } else if (way.length === 0) {
      work.report("anonymous-access-removed", "request", { ...at, from: say(way), to: sayAll(right) });
    } else if (same !== undefined) {
      work.report("api-security-scope-added", "request", { ...at, ...scopes });
    } else {
      work.report("api-security-removed", "request", { ...at, from: say(way), to: sayAll(right) });
    }
  }
  for (const way of right) {
    if (known.has(alternativeKey(way)) || kin.has(way)) continue;
    if (way.length === 0) work.report("anonymous-access-added", "request", { ...at, from: sayAll(left) });
    else if (left.some((other) => named.has(alternativeKey(other)) || satisfies(other, way)))
      work.report("api-security-added", "request", { ...at, from: sayAll(left), to: say(way) });
  }
}
