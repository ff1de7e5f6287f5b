import { z } from "zod";
import type { Prisma } from "./generated/client.ts";

const jsonSchema = z.json();

/** Plain data for a JSON column, without what JSON cannot say (undefined) and what is only a type (readonly). */
export function toJson(value: unknown): Prisma.InputJsonValue {
  const plain = jsonSchema.parse(JSON.parse(JSON.stringify(value)));
  return plain ?? {};
}
