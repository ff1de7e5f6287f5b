import { notFound } from "next/navigation";

/** The value, or the page "not found": what went between two reads of one request is gone, not broken. */
export function found<Value>(value: Value | null): Value {
  if (value === null) notFound();
  return value;
}
