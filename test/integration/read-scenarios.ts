import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { DiscoveredApi, Discovery } from "../../lib/model/index.ts";

const folder = path.join(import.meta.dirname, "scenarios");

const expectedApi = z.strictObject({
  kind: z.string(),
  name: z.string(),
  protocol: z.string().optional(),
  server: z.string().optional(),
  state: z.string().optional(),
  reason: z.string().optional(),
  internalUrl: z.string().optional(),
  publicUrls: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** "public > backend" of each public endpoint. */
  paths: z.array(z.string()).optional(),
  revisions: z.array(z.tuple([z.string(), z.number(), z.boolean()])).optional(),
  facts: z.record(z.string(), z.string()).optional(),
});
const expectation = z.strictObject({ apis: z.array(expectedApi), leftOut: z.array(z.string()) });

export type Scenario = {
  readonly name: string;
  readonly expected: z.infer<typeof expectation>;
  /** Objects as YAML; those that name no namespace lie in the one of the scenario's name. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
};

const withMetadata = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

/** Every scenario: the first document says what the catalogue must be, the others are the objects. */
export function readScenarios(): readonly Scenario[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => {
      const name = path.basename(file, ".yaml");
      const [first, ...rest] = parseAllDocuments(readFileSync(path.join(folder, file), "utf8"));
      return {
        name,
        expected: expectation.parse(first?.toJS()),
        objects: rest.map((document) => {
          const object = withMetadata.parse(document.toJS());
          return { ...object, metadata: { namespace: name, ...object.metadata } };
        }),
      };
    });
}

function shown(api: DiscoveredApi): Readonly<Record<string, unknown>> {
  const outside = api.endpoints.filter(({ reach }) => reach === "public");
  return {
    kind: api.key.kind,
    name: api.key.name,
    protocol: api.protocol,
    server: api.server,
    state: api.state,
    reason: api.stateReason ?? "",
    internalUrl: api.internalUrl,
    publicUrls: outside.map(({ url }) => url),
    headers: Object.fromEntries(outside.flatMap((end) => end.requiredHeaders.map(({ name, value }) => [name, value]))),
    paths: outside.flatMap((end) => end.paths.map((own) => `${own.publicPath} > ${own.backendPath}`)),
    revisions: api.revisions.map((revision) => [revision.name, revision.trafficPercent, revision.ready]),
    facts: Object.fromEntries(api.facts.map((fact) => [fact.name, fact.value])),
  };
}

/** Checks that of the scenario's namespace exactly what it expects was found, and exactly that left out. */
export function checkScenario({ name, expected }: Scenario, discovery: Discovery): void {
  const own = discovery.apis.filter(({ key }) => key.namespace === name).map(shown);
  const ids = (apis: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
    apis.map((api) => `${String(api["kind"])} ${String(api["name"])}`).sort();
  expect(ids(own)).toEqual(ids(expected.apis));
  for (const api of expected.apis) {
    const found = own.find((candidate) => candidate["kind"] === api.kind && candidate["name"] === api.name);
    const { reason, ...rest } = api;
    expect(found).toMatchObject(rest);
    if (reason !== undefined) expect(found?.["reason"]).toContain(reason);
  }
  const left = discovery.leftOut.filter(({ object }) => object.namespace === name);
  expect(left.map(({ object }) => `${object.kind} ${object.name}`).sort()).toEqual([...expected.leftOut].sort());
}
