import { expect, test } from "vitest";
import type { ModelAnswer } from "../serving/model.ts";
import { trainChurnModel } from "./churn-model.ts";
import { createChurnModel } from "./server.ts";

async function infer(body: unknown): Promise<ModelAnswer> {
  return createChurnModel().respond({
    method: "POST",
    path: "/v2/models/churn/infer",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
}

const tensor = { name: "customers", shape: [1, 4], datatype: "FP32", data: [3, 95, 4, 0] };

test("learned that new, expensive, complaining customers leave and old, cheap, quiet ones stay", () => {
  const [leaving = 0, staying = 1] = trainChurnModel()([
    [2, 110, 7, 0],
    [65, 20, 0, 1],
  ]);
  expect(leaving).toBeGreaterThan(0.9);
  expect(staying).toBeLessThan(0.1);
});

test("answers another probability for another customer", () => {
  const predict = trainChurnModel();
  const probabilities = [0, 2, 4, 6].map((tickets) => predict([[24, 60, tickets, 0]])[0] ?? 0);
  expect([...probabilities].sort((left, right) => left - right)).toEqual(probabilities);
  expect(new Set(probabilities).size).toBe(4);
});

test("answers one value a row, nested rows too", async () => {
  const flat = await infer({ inputs: [{ ...tensor, shape: [2, 4], data: [3, 95, 4, 0, 48, 30, 0, 1] }] });
  const nested = await infer({
    inputs: [
      {
        ...tensor,
        shape: [2, 4],
        data: [
          [3, 95, 4, 0],
          [48, 30, 0, 1],
        ],
      },
    ],
  });
  expect(flat).toMatchObject({ status: 200, body: { outputs: [{ shape: [2, 1] }] } });
  expect(nested).toEqual(flat);
});

test.each([
  ["a body that is not JSON", "{"],
  ["a body without inputs", {}],
  ["another tensor", { inputs: [{ ...tensor, name: "clients" }] }],
  ["another datatype", { inputs: [{ ...tensor, datatype: "INT64" }] }],
  ["another shape", { inputs: [{ ...tensor, shape: [1, 5] }] }],
  ["too few values", { inputs: [{ ...tensor, data: [1, 2] }] }],
])("refuses %s with 400 and a reason", async (_case, body) => {
  expect(await infer(body)).toMatchObject({ status: 400, body: { error: expect.any(String) as unknown } });
});
