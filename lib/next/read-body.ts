/** What came of reading a body. */
export type BodyResult =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "too-large" }
  | { readonly kind: "broken" };

/** Reads a request's body up to a limit, and no further than that. */
export async function readBody(request: Request, bytesMax: number): Promise<BodyResult> {
  const said = Number(request.headers.get("content-length") ?? "0");
  if (said > bytesMax) return { kind: "too-large" };
  if (request.body === null) return { kind: "bytes", bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > bytesMax) {
        await reader.cancel();
        return { kind: "too-large" };
      }
      chunks.push(value);
    }
  } catch (err) {
    // The caller hung up, or the encoding was wrong: there is no body to answer.
    if (err instanceof Error) return { kind: "broken" };
    throw err;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return { kind: "bytes", bytes };
}
