import { z } from "zod";
import { fastApi, jsonOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { trainAnomalyModel } from "./anomaly-model.ts";

/** Fraud: how unusual is this payment? Only one group may know that the model exists. */
export function createFraudModel(): Model {
  const judge = trainAnomalyModel();
  const payment = z.object({
    amount: z
      .number()
      .positive()
      .max(1_000_000)
      .describe("In euros.")
      .meta({ examples: [1850] }),
    hour: z
      .number()
      .min(0)
      .lt(24)
      .describe("Hour of the day where the card is at home.")
      .meta({ examples: [3.5] }),
    distance_km: z
      .number()
      .min(0)
      .max(20_100)
      .describe("From the card's home.")
      .meta({ examples: [620] }),
  });
  const decision = z.object({
    risk: z.number().min(0).max(1),
    decision: z.enum(["approve", "review", "decline"]),
    parts: z
      .object({ amount: z.number(), hour: z.number(), distance: z.number() })
      .describe("Share of each part in the risk."),
  });
  return fastApi({
    name: "fraud",
    title: "Payment risk",
    description: "Says how unusual a card payment is.",
    version: "4.2.0",
    schemas: { Payment: payment, Decision: decision },
    operations: [
      jsonOperation({
        path: "/score",
        summary: "Score one payment",
        tag: "inference",
        body: payment,
        response: decision,
        run: (body) => {
          const { risk, parts } = judge({ amount: body.amount, hour: body.hour, distanceKm: body.distance_km });
          return json(200, { risk, decision: risk > 0.995 ? "decline" : risk > 0.9 ? "review" : "approve", parts });
        },
      }),
    ],
  });
}
