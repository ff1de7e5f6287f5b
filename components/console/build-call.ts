import type { TryRequest } from "@/lib/contract/index.ts";
import { wholeBody } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import type { CurlCall } from "./curl-text.ts";
import { encodeBody } from "./encode-body.ts";
import { fillPath } from "./fill-path.ts";
import type { OperationForm } from "./operation-form.ts";

/** Why the form cannot be sent as it stands, and where; null where it can. */
export function problemWith(
  form: OperationForm,
  call: CallState,
): { readonly field: string; readonly message: string } | null {
  for (const { place, name, required } of form.parameters) {
    const field = `${place}:${name}`;
    if (required && (call.values[field] ?? "") === "") return { field, message: `“${name}” is required.` };
  }
  const body = form.bodies[call.bodyIndex];
  if (body?.kind === "json" && call.text.trim() !== "") {
    try {
      JSON.parse(call.text);
    } catch (err) {
      if (!(err instanceof SyntaxError)) throw err;
      return { field: "body", message: `This is not JSON: ${err.message}` };
    }
  }
  if (form.bodyRequired && (body?.kind === "json" || body?.kind === "text") && call.text.trim() === "") {
    return { field: "body", message: "The operation requires a body." };
  }
  if (body?.kind === "parts" || body?.kind === "fields") {
    for (const { name, required, file } of body.fields) {
      const given = file ? (call.files[name]?.length ?? 0) > 0 : (call.parts[name] ?? "") !== "";
      if (required && !given) return { field: `part:${name}`, message: `“${name}” is required.` };
    }
  }
  return null;
}

/** The call as the portal's server takes it: an operation and a path below its server, never a URL. */
export async function buildTryRequest(form: OperationForm, call: CallState): Promise<TryRequest> {
  const { path, query, headers } = addressOf(form, call);
  const encoded = await encodeBody(bodyOf(form, call));
  return {
    operation: form.id,
    path,
    ...(query === "" ? {} : { query }),
    headers: encoded.mediaType === null ? headers : [...headers, { name: "content-type", value: encoded.mediaType }],
    body: encoded.body,
  };
}

/** The same call as a consumer makes it, without the portal. */
export function buildCurlCall(
  form: OperationForm,
  call: CallState,
  endpoint: { readonly server: string; readonly requiredHeaders: CurlCall["headers"] },
): CurlCall {
  const { path, query, headers } = addressOf(form, call);
  const body = form.bodies[call.bodyIndex];
  const asFile = body?.kind === "file" && call.files[wholeBody]?.[0];
  const asText = (body?.kind === "json" || body?.kind === "text") && call.text.trim() !== "";
  return {
    method: form.method,
    url: `${endpoint.server}${path}${query === "" ? "" : `?${query}`}`,
    headers: [
      ...endpoint.requiredHeaders,
      ...headers,
      ...(body !== undefined && (asText || asFile) ? [{ name: "Content-Type", value: body.mediaType }] : []),
    ],
    body:
      body?.kind === "parts" || body?.kind === "fields"
        ? {
            kind: "parts",
            parts: body.fields.flatMap(({ name, file }) => {
              const values = file ? (call.files[name] ?? []).map((given) => given.name) : [call.parts[name] ?? ""];
              return values.filter((value) => value !== "").map((value) => ({ name, file, value }));
            }),
          }
        : asFile
          ? { kind: "file", fileName: asFile.name }
          : asText
            ? { kind: "text", text: call.text }
            : { kind: "none" },
  };
}

function addressOf(form: OperationForm, call: CallState) {
  const given = form.parameters
    .map(({ place, name }) => ({ place, name, value: call.values[`${place}:${name}`] ?? "" }))
    .filter(({ place, value }) => place === "path" || value !== "");
  const ofPlace = (wanted: string) => given.filter(({ place }) => place === wanted);
  return {
    path: fillPath(form.path, Object.fromEntries(ofPlace("path").map(({ name, value }) => [name, value]))),
    query: new URLSearchParams(ofPlace("query").map(({ name, value }) => [name, value])).toString(),
    headers: [
      ...ofPlace("header").map(({ name, value }) => ({ name, value })),
      ...call.headers.filter(({ name, value }) => name.trim() !== "" && value !== ""),
    ],
  };
}

function bodyOf(form: OperationForm, call: CallState): Parameters<typeof encodeBody>[0] {
  const body = form.bodies[call.bodyIndex];
  switch (body?.kind) {
    case undefined:
      return { kind: "none" };
    case "json":
    case "text":
      return call.text.trim() === ""
        ? { kind: "none" }
        : { kind: "content", mediaType: body.mediaType, content: call.text };
    case "file": {
      const file = call.files[wholeBody]?.[0];
      return file === undefined
        ? { kind: "none" }
        : { kind: "content", mediaType: file.type || body.mediaType, content: file };
    }
    case "fields": {
      const fields = new URLSearchParams(Object.entries(call.parts).filter(([, value]) => value !== ""));
      return { kind: "content", mediaType: body.mediaType, content: fields.toString() };
    }
    case "parts": {
      const data = new FormData();
      for (const { name, file } of body.fields) {
        const text = call.parts[name] ?? "";
        if (file) for (const given of call.files[name] ?? []) data.append(name, given);
        else if (text !== "") data.append(name, text);
      }
      return { kind: "content", mediaType: null, content: data };
    }
  }
}
