export type MultipartPart = { readonly name: string; readonly fileName: string | null; readonly data: Buffer };

function parameter(header: string, name: string): string | null {
  const match = new RegExp(`(?:^|;)\\s*${name}="?([^";]*)"?`, "i").exec(header);
  return match?.[1] ?? null;
}

/** The parts of a `multipart/form-data` body (RFC 7578); empty where the type or the body is another. */
export function readMultipart(contentType: string | undefined, body: Buffer): readonly MultipartPart[] {
  if (contentType === undefined || !contentType.toLowerCase().startsWith("multipart/form-data")) return [];
  const boundary = parameter(contentType, "boundary");
  if (boundary === null || boundary === "") return [];
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: MultipartPart[] = [];
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const from = start + delimiter.length;
    const next = body.indexOf(delimiter, from);
    if (next === -1) break;
    // A part lies between two delimiters: CRLF, headers, an empty line, the data, CRLF.
    const part = body.subarray(from + 2, next - 2);
    const headerEnd = part.indexOf("\r\n\r\n");
    if (headerEnd !== -1) {
      const headers = part.subarray(0, headerEnd).toString("utf8").split("\r\n");
      const disposition = headers.find((line) => /^content-disposition:/i.test(line)) ?? "";
      const name = parameter(disposition, "name");
      if (name !== null) {
        parts.push({ name, fileName: parameter(disposition, "filename"), data: part.subarray(headerEnd + 4) });
      }
    }
    start = next;
  }
  return parts;
}
