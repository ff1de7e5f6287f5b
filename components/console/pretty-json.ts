const lineCharsMax = 80;

/** JSON indented by two, but lists of plain values on one line where they fit: tensors would fill the page otherwise. */
export function prettyJson(value: unknown): string {
  return write(value, "");
}

function write(value: unknown, indent: string): string {
  if (Array.isArray(value))
    return writeAll(
      value.map((item: unknown) => ["", item]),
      "[",
      "]",
      indent,
    );
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return writeAll(
    Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}: `, item]),
    "{",
    "}",
    indent,
  );
}

function writeAll(
  members: readonly (readonly [prefix: string, value: unknown])[],
  open: string,
  close: string,
  indent: string,
): string {
  if (members.length === 0) return open + close;
  if (open === "[" && members.every(([, item]) => isShort(item))) {
    const line = `[${members.map(([, item]) => write(item, "")).join(", ")}]`;
    if (line.length + indent.length <= lineCharsMax && !line.includes("\n")) return line;
  }
  const inner = `${indent}  `;
  const lines = members.map(([prefix, item]) => `${inner}${prefix}${write(item, inner)}`);
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function isShort(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
