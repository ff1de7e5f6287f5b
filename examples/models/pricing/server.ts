import { z } from "zod";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";

const request = z.object({ demand: z.number().positive(), stock: z.number().positive(), cost: z.number().positive() });
const key = "pricing-example-key";

/** Answers nothing without its key, not even its description: the portal can only say so and name the way out. */
export function createPricingModel(): Model {
  return {
    name: "pricing",
    respond: ({ method, path, headers, body }) => {
      if (headers["x-api-key"] !== key) {
        return json(401, { detail: "Not authenticated" }, { "www-authenticate": "ApiKey" });
      }
      if (method !== "POST" || path !== "/price") return json(404, { detail: "Not Found" });
      let value: unknown;
      try {
        value = JSON.parse(body.toString("utf8"));
      } catch {
        return json(422, { detail: "The body is not JSON." });
      }
      const parsed = request.safeParse(value);
      if (!parsed.success) return json(422, { detail: z.prettifyError(parsed.error) });
      const { demand, stock, cost } = parsed.data;
      const markup = Math.min(1.5, Math.max(0.05, 0.3 * Math.sqrt(demand / stock)));
      return json(200, { price: Math.round(cost * (1 + markup) * 100) / 100, markup });
    },
  };
}
