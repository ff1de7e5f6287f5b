import { expect, test } from "vitest";
import { forecastSeasonal, forecastTrend } from "./exponential-smoothing.ts";

test("continues a straight line", () => {
  const forecast = forecastTrend([2, 4, 6, 8, 10], 3);
  expect(forecast.map((value) => Math.round(value))).toEqual([12, 14, 16]);
});

test("continues a season with the right phase", () => {
  const week = [10, 20, 30];
  const series = Array.from({ length: 13 }, (_, index) => week[index % 3] ?? 0);
  const forecast = forecastSeasonal(series, 4, 3);
  expect(forecast.map(({ value }) => Math.round(value))).toEqual([20, 30, 10, 20]);
});

test("is less sure the farther it looks", () => {
  const series = [3, 9, 4, 11, 2, 12, 5, 10, 3, 13];
  const widths = forecastSeasonal(series, 4, 2).map(({ lower, upper }) => upper - lower);
  expect([...widths].sort((left, right) => left - right)).toEqual(widths);
  expect(widths[0]).toBeGreaterThan(0);
});
