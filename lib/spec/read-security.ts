import type { JsonObject } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";

/** What one way in asks for together; asking for nothing admits everybody. */
export type SecurityRequirement = {
  /** The scheme's name in the document, for people. */
  readonly name: string;
  /** What the scheme is on the wire; equal schemes are equal whatever they are called. */
  readonly scheme: string;
  readonly scopes: ReadonlySet<string>;
  /** The flows of OAuth that it has, each with what the scheme is on the wire where it has that one alone. */
  readonly flows: readonly { readonly name: string; readonly scheme: string }[];
};
export type SecurityAlternative = readonly SecurityRequirement[];

const prose = new Set(["description", "flows", "bearerFormat"]);

type Scheme = Pick<SecurityRequirement, "scheme" | "flows">;

function describeScheme(name: string, scheme: JsonObject): Scheme {
  if (Object.keys(scheme).length === 0) return { scheme: `unknown ${name}`, flows: [] };
  const own = Object.fromEntries(Object.entries(scheme).filter(([key]) => !prose.has(key) && !key.startsWith("x-")));
  const kind = textOf(own["scheme"]);
  const header = own["in"] === "header" ? textOf(own["name"]) : null;
  const flows = Object.fromEntries(
    Object.entries(objectOf(scheme["flows"]))
      .filter(([flow]) => !flow.startsWith("x-"))
      .map(([flow, value]) => [
        flow,
        ["authorizationUrl", "tokenUrl", "deviceAuthorizationUrl"].map((key) => objectOf(value)[key] ?? null),
      ]),
  );
  const describe = (some: JsonObject): string =>
    canonicalJson({
      ...own,
      ...(kind === null ? {} : { scheme: kind.toLowerCase() }),
      ...(header === null ? {} : { name: header.toLowerCase() }),
      flows: some,
    });
  return {
    scheme: describe(flows),
    flows: Object.entries(flows).map(([flow, value]) => ({ name: flow, scheme: describe({ [flow]: value }) })),
  };
}

/** A text that is equal for equal alternatives. */
export function alternativeKey(alternative: SecurityAlternative): string {
  return canonicalJson(alternative.map(({ scheme, scopes }) => [scheme, [...scopes].sort()]));
}

/**
 * The ways into an operation, any of which is enough (OpenAPI 3.1 §4.8.30). Where nothing is asked there is one way that asks for
 * nothing. Each way and the list are in a fixed order, and none is there twice.
 */
export function readSecurity(document: JsonObject, operation: JsonObject): readonly SecurityAlternative[] {
  const schemes = objectOf(objectOf(document["components"])["securitySchemes"]);
  const declared = arrayOf(operation["security"] ?? document["security"]).filter(isJsonObject);
  const alternatives = declared.map((alternative): SecurityAlternative =>
    Object.entries(alternative)
      .map(([name, scopes]) => ({
        name,
        ...describeScheme(name, objectOf(schemes[name])),
        scopes: new Set(arrayOf(scopes).map(String)),
      }))
      .sort((left, right) => (left.scheme < right.scheme ? -1 : 1)),
  );
  const unique = new Map(alternatives.map((alternative) => [alternativeKey(alternative), alternative]));
  if (unique.size === 0) return [[]];
  return [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, alternative]) => alternative);
}
