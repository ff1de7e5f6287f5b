import { isRecord } from "./parse-object.ts";

/** When an object was last changed, as it says itself, in whole seconds; null where it does not. */
export function readChangedAt(object: unknown): number | null {
  const metadata = isRecord(object) ? object["metadata"] : undefined;
  if (!isRecord(metadata)) return null;
  const fields = Array.isArray(metadata["managedFields"]) ? (metadata["managedFields"] as readonly unknown[]) : [];
  const times = [metadata["creationTimestamp"], metadata["deletionTimestamp"]]
    .concat(fields.map((field) => (isRecord(field) ? field["time"] : undefined)))
    .flatMap((time) => (typeof time === "string" ? [Date.parse(time)] : []))
    .filter((time) => Number.isFinite(time));
  return times.length === 0 ? null : Math.max(...times);
}

/** Where an object says that it is, as far as it says so. */
export function readPlaceOf(object: unknown): { namespace: string; name: string } {
  const metadata = isRecord(object) && isRecord(object["metadata"]) ? object["metadata"] : {};
  const { namespace, name } = metadata;
  return { namespace: typeof namespace === "string" ? namespace : "", name: typeof name === "string" ? name : "" };
}
