/** Longer texts are hardly ever said twice. */
const textMax = 80;
/** When so many are known, they are learned anew: what is said often is soon among them again. */
const textsMax = 16_384;

const texts = new Map<string, string>();
const emptyList: readonly never[] = Object.freeze([]);

function shareText(text: string): string {
  if (text.length > textMax) return text;
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= textsMax) texts.clear();
  texts.set(text, text);
  return text;
}

function shareInside(branch: object): void {
  for (const [key, inner] of Object.entries(branch)) {
    const shared: unknown = shareValues(inner);
    if (shared !== inner) Reflect.set(branch, key, shared);
  }
}

/**
 * The same plain data, in which equal short texts are one text and empty lists one list: of tens of thousands of objects most say
 * the same, and parsed JSON has a copy of it for each. Changes what it is given in place, so that must be nobody else's to write.
 */
export function shareValues<Value>(value: Value): Value {
  if (typeof value === "string") return shareText(value) as Value;
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  // A list of nothing is a list of anything.
  if (Array.isArray(value) && value.length === 0) return emptyList as Value;
  shareInside(value);
  return value;
}
