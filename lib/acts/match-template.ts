type Part = { readonly kind: "text"; readonly text: string } | { readonly kind: "segment" | "rest" };

function partsOf(template: string): readonly Part[] {
  return template
    .split(/(\{[^{}]+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (!/^\{[^{}]+\}$/.test(piece)) return { kind: "text", text: piece };
      return { kind: /(\+|\*|:path)\}$/.test(piece) ? "rest" : "segment" };
    });
}

/**
 * Whether a path belongs to the template of an operation: a parameter fits a part of one segment, one that the description
 * marks with a trailing `+` or `*`, or `:path`, fits several. The template comes from a stranger's document, so this is no
 * regular expression: the time is the product of both lengths at most, whatever they hold.
 */
export function matchesTemplate(template: string, path: string): boolean {
  /** Where in the path the parts so far can have ended. */
  let ends = new Uint8Array(path.length + 1);
  ends[0] = 1;
  for (const part of partsOf(template)) {
    const next = new Uint8Array(path.length + 1);
    let isInside = false;
    for (let at = 0; at < path.length; at += 1) {
      if (part.kind === "text") {
        if (ends[at] === 1 && path.startsWith(part.text, at)) next[at + part.text.length] = 1;
        continue;
      }
      isInside = (isInside || ends[at] === 1) && (part.kind === "rest" || path[at] !== "/");
      if (isInside) next[at + 1] = 1;
    }
    ends = next;
  }
  return ends[path.length] === 1;
}
