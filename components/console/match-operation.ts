import type { OperationId } from "./operation-id.ts";

/**
 * Which operation a concrete path belongs to: the template with the most literal segments that fits. Null where none does.
 * A parameter fits one segment; one that the description marks with a trailing `+` or `*`, or `:path`, fits several.
 */
export function matchOperation(operations: readonly OperationId[], method: string, path: string): OperationId | null {
  let best: { operation: OperationId; literal: number } | null = null;
  for (const operation of operations) {
    if (operation.method.toLowerCase() !== method.toLowerCase()) continue;
    const literal = fits(operation.path, path);
    if (literal !== null && (best === null || literal > best.literal)) best = { operation, literal };
  }
  return best?.operation ?? null;
}

/** How many characters of the template stand literally in the path; null where it does not fit. */
function fits(template: string, path: string): number | null {
  let literal = 0;
  const pattern = template
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      if (/^\{.*(\+|\*|:path)\}$/.test(part)) return ".+";
      if (/^\{.*\}$/.test(part)) return "[^/]+";
      literal += part.length;
      return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${pattern}$`).test(path) ? literal : null;
}
