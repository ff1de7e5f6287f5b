import { expect, test } from "vitest";
import { trainAnomalyModel } from "./anomaly-model.ts";

const judge = trainAnomalyModel();

test("finds an everyday payment usual and a large one at night far away unusual", () => {
  expect(judge({ amount: 25, hour: 13, distanceKm: 4 }).risk).toBeLessThan(0.2);
  expect(judge({ amount: 5000, hour: 3, distanceKm: 4000 }).risk).toBeGreaterThan(0.99);
});

test("raises the risk with the amount", () => {
  const risks = [50, 200, 800, 3200].map((amount) => judge({ amount, hour: 14, distanceKm: 5 }).risk);
  expect([...risks].sort((left, right) => left - right)).toEqual(risks);
  expect(new Set(risks).size).toBe(4);
});

test("says which part makes a payment unusual", () => {
  const { parts } = judge({ amount: 30, hour: 14, distanceKm: 9000 });
  expect(parts.distance).toBeGreaterThan(0.9);
  expect(parts.amount + parts.hour + parts.distance).toBeCloseTo(1);
});
