/**
 * The words in a stream of server-sent events: what chat and completion chunks carry, else the data lines themselves.
 * Null where the text holds no event.
 */
export function streamText(text: string): string | null {
  const pieces: string[] = [];
  let known = false;
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith("data:")) continue;
    const data = line.slice(5).trimStart();
    if (data === "[DONE]") continue;
    const words = wordsOf(data);
    known ||= words !== null;
    pieces.push(words ?? `${data}\n`);
  }
  if (pieces.length === 0) return null;
  return known ? pieces.join("") : pieces.join("").trimEnd();
}

/** The text of one chunk of a chat or of a completion; null where the event is something else or not yet whole. */
function wordsOf(data: string): string | null {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
  const choice = firstOf(field(chunk, "choices"));
  if (choice === undefined) return null;
  const content = field(field(choice, "delta"), "content") ?? field(choice, "text");
  return typeof content === "string" ? content : "";
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
