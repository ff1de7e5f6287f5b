import { z } from "zod";
import { fastApi, jsonOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { forecastSeasonal, forecastTrend } from "./exponential-smoothing.ts";

const about = {
  title: "Demand forecast",
  description: "Continues a series of numbers, such as the orders of each day.",
} as const;

/** Ninety of a hundred calls come here. */
export function createForecastV1(): Model {
  const series = z.object({
    series: z
      .array(z.number())
      .min(2)
      .max(5000)
      .meta({ examples: [[12, 15, 14, 18, 21, 20, 24]] }),
    horizon: z.int().min(1).max(365).default(7),
  });
  const forecast = z.object({ forecast: z.array(z.number()) });
  return fastApi({
    ...about,
    name: "forecast-v1",
    version: "1.8.0",
    schemas: { Series: series, Forecast: forecast },
    operations: [
      jsonOperation({
        path: "/forecast",
        summary: "Continue a series",
        tag: "inference",
        body: series,
        response: forecast,
        run: (body) => json(200, { forecast: forecastTrend(body.series, body.horizon) }),
      }),
    ],
  });
}

/** The canary: knows seasons, and therefore asks for their length and answers with bands. */
export function createForecastV2(): Model {
  const series = z.object({
    series: z
      .array(z.number())
      .min(4)
      .max(5000)
      .meta({ examples: [[12, 30, 14, 33, 15, 36]] }),
    season_length: z
      .int()
      .min(2)
      .max(366)
      .describe("How many values make one season, such as 7 for days.")
      .meta({ examples: [2] }),
    horizon: z.int().min(1).max(365).default(7),
  });
  const point = z.object({ value: z.number(), lower: z.number(), upper: z.number() });
  const forecast = z.object({ forecast: z.array(point) });
  return fastApi({
    ...about,
    name: "forecast-v2",
    version: "2.0.0-rc.1",
    schemas: { Series: series, Point: point, Forecast: forecast },
    operations: [
      jsonOperation({
        path: "/forecast",
        summary: "Continue a series",
        tag: "inference",
        body: series,
        response: forecast,
        run: (body) =>
          body.series.length < 2 * body.season_length
            ? json(422, {
                detail: [
                  {
                    type: "value_error",
                    loc: ["body", "series"],
                    msg: "At least two whole seasons are needed",
                    input: body.series.length,
                  },
                ],
              })
            : json(200, { forecast: forecastSeasonal(body.series, body.horizon, body.season_length) }),
      }),
    ],
  });
}
