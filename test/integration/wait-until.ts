/** Looks until the condition holds (true, or a value that is not null or undefined); fails with what was seen last. */
export async function waitUntil<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  options: { readonly timeoutMs?: number; readonly everyMs?: number; readonly describe?: () => unknown } = {},
): Promise<NonNullable<Value>> {
  const { timeoutMs = 20_000, everyMs = 20 } = options;
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value !== false && value !== null && value !== undefined) return value;
      last = value;
    } catch (err) {
      last = err;
    }
    if (performance.now() > deadline) {
      const seen = options.describe === undefined ? last : options.describe();
      const text = seen instanceof Error ? seen.message : JSON.stringify(seen);
      throw new Error(`Waited ${String(timeoutMs)} ms for: ${what}. Last seen: ${text}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
