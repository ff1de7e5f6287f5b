import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { DiscoveredApi } from "../../../lib/model/index.ts";
import { signedIn } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { makeApi } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

const listSchema = z.object({
  items: z.array(z.object({ name: z.string() })),
  total: z.int(),
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))),
});
const apis: Readonly<Record<string, Partial<DiscoveredApi>>> = {
  iris: {
    server: "mlserver",
    protocol: "open-inference",
    task: "classification",
    framework: "sklearn",
    owner: "botany",
    modelName: "iris-v2",
    facts: [
      { name: "Image", value: "registry.example/mlserver:1.6" },
      { name: "Replicas", value: "1 of 1 ready (peculiarword)" },
    ],
  },
  mood: { server: "vllm", protocol: "openai", task: "text-generation", framework: null, owner: "search" },
  churn: { server: "mlserver", task: "classification", framework: "xgboost", state: "broken", owner: "fraud" },
  plain: { server: "unknown-http", owner: null },
};
let database: TestDatabase;
let portal: Portal;
let carla: Caller;

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  for (const [name, changes] of Object.entries(apis)) await makeApi(database.store, name, changes);
  carla = await signedIn(portal, "carla", ["apps"]);
});

afterAll(async () => {
  await portal.stop();
  await database.drop();
});

async function list(query: string): Promise<z.infer<typeof listSchema>> {
  const answer = await carla.send("GET", `/api/v1/apis${query}`);
  expect(answer.status, query).toBe(200);
  return listSchema.parse(await answer.json());
}

const namesOf = ({ items }: z.infer<typeof listSchema>): readonly string[] => items.map(({ name }) => name).sort();

describe("the catalogue is narrowed", () => {
  test.each([
    ["by its server", "?server=mlserver", ["churn", "iris"]],
    ["by what the model is for", "?task=classification", ["churn", "iris"]],
    ["by what it was made with", "?framework=xgboost", ["churn"]],
    ["by its state", "?state=broken", ["churn"]],
    ["by its protocol", "?protocol=openai", ["mood"]],
    ["by its owner", "?owner=botany", ["iris"]],
    ["by its namespace", "?namespace=team", ["churn", "iris", "mood", "plain"]],
    ["by several at once", "?server=mlserver&task=classification&owner=fraud", ["churn"]],
    ["by a value that nothing has", "?framework=onnx", []],
  ])("%s", async (_, query, names) => {
    const found = await list(query);
    expect(namesOf(found)).toEqual(names);
    expect(found.total).toBe(names.length);
  });

  test("each facet counts under the choices of the others, and leaves out what says nothing", async () => {
    const { facets } = await list("?server=mlserver&framework=sklearn");
    expect(facets).toMatchObject({
      server: [{ value: "mlserver", count: 1 }],
      framework: [
        { value: "sklearn", count: 1 },
        { value: "xgboost", count: 1 },
      ],
      task: [{ value: "classification", count: 1 }],
    });
    expect((await list("")).facets["framework"]).toEqual([
      { value: "sklearn", count: 1 },
      { value: "xgboost", count: 1 },
    ]);
  });
});

describe("words find", () => {
  test.each([
    ["the server", "mlserver", ["churn", "iris"]],
    ["the task", "text-generation", ["mood"]],
    ["the framework", "XGBoost", ["churn"]],
    ["the model's name", "iris-v2", ["iris"]],
    ["the image", "mlserver:1.6", ["iris"]],
    ["no number of replicas", "peculiarword", []],
  ])("%s", async (_, word, names) => {
    expect(namesOf(await list(`?q=${encodeURIComponent(word)}`))).toEqual(names);
  });
});
