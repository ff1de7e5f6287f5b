import type { TryRequest } from "@/lib/contract/index.ts";

type Body = NonNullable<TryRequest["body"]>;

/**
 * A body as the portal's server takes it. Text stays text; anything else becomes base64, with the media type that goes with
 * those bytes (a multipart body brings its own boundary).
 */
export async function encodeBody(
  given:
    | { readonly kind: "none" }
    | { readonly kind: "content"; readonly mediaType: string | null; readonly content: string | Blob | FormData },
): Promise<{ readonly mediaType: string | null; readonly body: Body }> {
  if (given.kind === "none") return { mediaType: null, body: { kind: "none" } };
  if (typeof given.content === "string") {
    return { mediaType: given.mediaType, body: { kind: "text", text: given.content } };
  }
  // A response of our own, never sent, writes the multipart form as the browser would.
  const written = new Response(given.content);
  const bytes = new Uint8Array(await written.arrayBuffer());
  return {
    mediaType: given.content instanceof FormData ? written.headers.get("content-type") : given.mediaType,
    body: { kind: "base64", base64: base64Of(bytes) },
  };
}

function base64Of(bytes: Uint8Array): string {
  const step = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += step) {
    binary += String.fromCharCode(...bytes.subarray(start, start + step));
  }
  return btoa(binary);
}
