import { createChatModel } from "./chat/server.ts";
import { createChurnModel } from "./churn/server.ts";
import { createEmbeddingsModel } from "./embeddings/server.ts";
import { createForecastV1, createForecastV2 } from "./forecast/server.ts";
import { createFraudModel } from "./fraud/server.ts";
import { createPaletteModel } from "./palette/server.ts";
import { createPricingModel } from "./pricing/server.ts";
import { createSentimentV1, createSentimentV2 } from "./sentiment/server.ts";
import type { Model } from "./serving/model.ts";

/** Each example model with its place above the base port; the manifests name the same ports. */
export const exampleModels: readonly { readonly portOffset: number; readonly create: () => Model }[] = [
  { portOffset: 1, create: createChurnModel },
  { portOffset: 2, create: createSentimentV1 },
  { portOffset: 12, create: createSentimentV2 },
  { portOffset: 3, create: createPaletteModel },
  { portOffset: 4, create: createEmbeddingsModel },
  { portOffset: 5, create: createChatModel },
  { portOffset: 6, create: createFraudModel },
  { portOffset: 7, create: createForecastV1 },
  { portOffset: 17, create: createForecastV2 },
  { portOffset: 8, create: createPricingModel },
];
