/** What a scan of JSON text finds before it is parsed. */
export type JsonScan = {
  /** The line where the text is nested deeper than allowed; null where it is not. */
  readonly tooDeepLine: number | null;
  /** Keys that stand twice in one object. */
  readonly duplicates: readonly { readonly key: string; readonly line: number }[];
};

const duplicatesMax = 20;
const quote = 0x22;
const backslash = 0x5c;

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at;
  }
  return text.length;
}

/**
 * Reads over JSON text once without recursion: how deep it is, and which keys are there twice, of which a parser keeps the last
 * without a word. Says nothing about whether the text is JSON.
 */
export function scanJson(text: string, depthMax: number): JsonScan {
  const duplicates: { key: string; line: number }[] = [];
  /** For each open object the keys seen; null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  let line = 1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charAt(at)) {
      case "\n":
        line += 1;
        break;
      case "{":
      case "[":
        open.push(text.charAt(at) === "{" ? new Set() : null);
        isKey = text.charAt(at) === "{";
        if (open.length > depthMax) return { tooDeepLine: line, duplicates };
        break;
      case "}":
      case "]":
        open.pop();
        isKey = false;
        break;
      case ",":
        isKey = open.at(-1) instanceof Set;
        break;
      case ":":
        isKey = false;
        break;
      case '"': {
        const end = endOfString(text, at);
        const keys = isKey ? open.at(-1) : null;
        if (keys instanceof Set) {
          const key = text.slice(at + 1, end);
          if (keys.has(key) && duplicates.length < duplicatesMax) duplicates.push({ key, line });
          keys.add(key);
        }
        at = end;
        break;
      }
      default:
    }
  }
  return { tooDeepLine: null, duplicates };
}
