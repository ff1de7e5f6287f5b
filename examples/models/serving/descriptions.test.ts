import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { createChurnModel } from "../churn/server.ts";
import { exampleModels } from "../catalogue.ts";
import type { Model } from "./model.ts";

async function ask(model: Model, method: string, path: string, body = "", headers: Record<string, string> = {}) {
  const answer = await model.respond({ method, path, query: new URLSearchParams(), headers, body: Buffer.from(body) });
  if (answer.kind !== "json") throw new Error("a JSON answer was expected");
  return answer;
}

const models = exampleModels.map(({ create }) => create());
const described = models.filter(({ name }) => name !== "churn" && name !== "pricing");

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

test.each(described.map((model) => [model.name, model] as const))(
  "%s serves a valid OpenAPI 3.1 description whose references lead somewhere",
  async (_name, model) => {
    const { status, body } = await ask(model, "GET", "/openapi.json");
    expect(status).toBe(200);
    if (!isObject(body)) throw new Error("no document");
    const result = await new Validator().validate(structuredClone(body));
    expect(result).toMatchObject({ valid: true });
    const text = JSON.stringify(body);
    const components = isObject(body["components"]) ? body["components"]["schemas"] : null;
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(components).toHaveProperty(name);
  },
);

test("the model without FastAPI's shape has its description where MLServer has it, and nowhere else", async () => {
  const churn = createChurnModel();
  expect((await ask(churn, "GET", "/openapi.json")).status).toBe(404);
  const { status, body } = await ask(churn, "GET", "/v2/models/churn/docs/dataplane.json");
  expect(status).toBe(200);
  expect(await new Validator().validate(structuredClone(isObject(body) ? body : {}))).toMatchObject({ valid: true });
});

test("a body that does not fit is answered with 422 and the place of each error", async () => {
  const [sentiment] = described;
  if (sentiment === undefined) throw new Error("no model");
  expect(await ask(sentiment, "POST", "/classify", '{"explain":"yes"}')).toMatchObject({
    status: 422,
    body: {
      detail: [
        { type: "missing", loc: ["body", "text"], msg: "Field required" },
        { type: "invalid_type", loc: ["body", "explain"] },
      ],
    },
  });
  expect(await ask(sentiment, "POST", "/classify", "{")).toMatchObject({ status: 422 });
});

test("unknown paths and methods are 404 and 405", async () => {
  const [sentiment] = described;
  if (sentiment === undefined) throw new Error("no model");
  expect(await ask(sentiment, "GET", "/nothing")).toMatchObject({ status: 404 });
  expect(await ask(sentiment, "GET", "/classify")).toMatchObject({ status: 405 });
});

test("the pricing model says nothing without its key and computes with it", async () => {
  const pricing = models.find(({ name }) => name === "pricing");
  if (pricing === undefined) throw new Error("no model");
  expect(await ask(pricing, "GET", "/openapi.json")).toMatchObject({ status: 401 });
  const body = JSON.stringify({ demand: 400, stock: 100, cost: 10 });
  expect(await ask(pricing, "POST", "/price", body, { "x-api-key": "pricing-example-key" })).toMatchObject({
    status: 200,
    body: { price: 16 },
  });
});
