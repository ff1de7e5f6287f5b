export const embeddingLength = 256;

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function gramsOf(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => {
    const framed = `^${word}$`;
    const grams = Array.from({ length: Math.max(0, framed.length - 2) }, (_, at) => framed.slice(at, at + 3));
    return [framed, ...grams];
  });
}

/** A vector of length 1 (or 0 for a text without words): words and their trigrams, hashed with a sign. */
export function embedText(text: string): readonly number[] {
  const counts = new Map<string, number>();
  for (const gram of gramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const vector = Array.from({ length: embeddingLength }, () => 0);
  for (const [gram, count] of counts) {
    const hash = fnv1a(gram);
    const at = hash % embeddingLength;
    vector[at] = (vector[at] ?? 0) + ((hash >>> 16) & 1 ? 1 : -1) * (1 + Math.log(count));
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** The cosine of the angle between two vectors of length 1. */
export function cosine(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
