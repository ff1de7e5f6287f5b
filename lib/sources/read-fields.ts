import type { Confirmation, LabelSelector } from "./observation.ts";

/** A record with unknown fields; anything else reads as an empty one. */
export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = {};

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : nothing;
}

/** At most `max` items; anything that is no list reads as an empty one. */
export function listOf(value: unknown, max = 1_000): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]).slice(0, max) : [];
}

/** Text of at most 2,000 characters; anything else, the empty text too, reads as null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= 2_000 ? value : null;
}

export function textsOf(value: unknown, max = 1_000): readonly string[] {
  return listOf(value, max).filter((item): item is string => textOf(item) !== null);
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A share of a hundred, what lies beyond at its end; anything else reads as null. */
export function percentOf(value: unknown): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.min(100, Math.max(0, number));
}

/** The number of a port; anything else reads as null. */
export function portNumberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65_536 ? value : null;
}

/** Text pairs; entries of other types are left out. */
export function textMapOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** A condition of a status, and whether it speaks of the object as it is now (SERVING §3.8). */
export type Condition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly fresh: boolean;
};

export function conditionsOf(value: unknown, generation: number | undefined): readonly Condition[] {
  return listOf(value, 50).map((raw) => {
    const item = fieldsOf(raw);
    const observed = numberOf(item["observedGeneration"]);
    return {
      type: textOf(item["type"]) ?? "",
      status: textOf(item["status"]) ?? "Unknown",
      reason: textOf(item["reason"]) ?? "",
      message: textOf(item["message"]) ?? "",
      fresh: observed === null || generation === undefined || observed >= generation,
    };
  });
}

export function findCondition(conditions: readonly Condition[], type: string): Condition | null {
  return conditions.find((condition) => condition.type === type) ?? null;
}

/** What a condition says beside its status, for people: the message, and the reason that operators search for. */
export function sayCondition({ reason, message, type }: Pick<Condition, "reason" | "message" | "type">): string {
  if (message === "") return reason === "" ? `${type} is not True` : reason;
  const text = message.replace(/[.\s]+$/, "");
  return reason === "" || text.includes(reason) ? text : `${text} (${reason})`;
}

/** What a condition comes to; one that speaks of an older form of the object says nothing of the present one. */
export function confirmationOf(conditions: readonly Condition[], type: string): Confirmation {
  const condition = findCondition(conditions, type);
  if (condition === null || !condition.fresh) return { kind: "unsaid" };
  return condition.status === "True" ? { kind: "yes" } : { kind: "no", reason: sayCondition(condition) };
}

/** A selector of labels; requirements of the wrong shape select nothing, so that they are kept as ones that nothing meets. */
export function selectorOf(value: unknown): LabelSelector {
  const selector = fieldsOf(value);
  return {
    labels: textMapOf(selector["matchLabels"]),
    expressions: listOf(selector["matchExpressions"], 32).map((raw) => {
      const expression = fieldsOf(raw);
      return {
        key: textOf(expression["key"]) ?? "",
        operator: textOf(expression["operator"]) ?? "",
        values: textsOf(expression["values"], 100),
      };
    }),
  };
}
