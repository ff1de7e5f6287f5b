import type { ApiDetail } from "@/lib/contract/index.ts";
import { fixedHeaders } from "@/lib/model/index.ts";
import type { JsonObject } from "@/lib/model/index.ts";
import { curlText } from "../console/curl-text.ts";
import { fillPath } from "../console/fill-path.ts";
import type { OperationId } from "../console/operation-id.ts";
import { operationForm } from "../console/operation-form.ts";
import { serverOf } from "../console/server-of.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { Section } from "../ui/section.tsx";

const calls = /\b(predict|infer|generate|completions|embed|classify|score|explain)/i;

/** A first call to copy: the operation that most looks like the model's purpose, with an example body. */
export function QuickStart({
  api,
  document,
  operations,
}: {
  readonly api: ApiDetail;
  readonly document: JsonObject;
  readonly operations: readonly OperationId[];
}) {
  const chosen =
    operations.find((operation) => operation.method === "post" && calls.test(operation.path)) ??
    operations.find((operation) => operation.method === "post") ??
    operations.find((operation) => operation.method === "get");
  const form = chosen === undefined ? null : operationForm(document, chosen.id);
  const outside = api.endpoints.filter(({ reach }) => reach === "public");
  const [way] = (outside.length > 0 ? outside : api.endpoints).flatMap((endpoint) => {
    const server =
      chosen === undefined ? null : outside.length > 0 ? serverOf(chosen, endpoint.url) : chosen.servers[0];
    return server === null || server === undefined ? [] : [{ server, requiredHeaders: endpoint.requiredHeaders }];
  });
  if (form === null || way === undefined) return null;
  const values = Object.fromEntries(form.parameters.map(({ name, initial }) => [name, initial]));
  const query = new URLSearchParams(
    form.parameters
      .filter(({ place, required }) => place === "query" && required)
      .map(({ name, initial }) => [name, initial]),
  ).toString();
  const body = form.bodyDescribed ? form.bodies[0] : undefined;
  const code = curlText({
    method: form.method,
    url: `${way.server}${fillPath(form.path, values)}${query === "" ? "" : `?${query}`}`,
    headers: [
      ...fixedHeaders(way.requiredHeaders),
      ...form.parameters
        .filter(({ place, required }) => place === "header" && required)
        .map(({ name, initial }) => ({ name, value: initial })),
      ...(body !== undefined && body.kind !== "parts" ? [{ name: "Content-Type", value: body.mediaType }] : []),
    ],
    body:
      body === undefined
        ? { kind: "none" }
        : body.kind === "json" || body.kind === "text"
          ? { kind: "text", text: body.example }
          : body.kind === "file"
            ? { kind: "file", fileName: "FILE" }
            : {
                kind: "parts",
                parts: body.fields
                  .filter(({ required, file }) => required || file)
                  .map(({ name, file, initial }) => ({ name, file, value: file ? "FILE" : initial })),
              },
  });
  return (
    <Section title="Quick start">
      <CodeBlock code={code} label={`Call ${form.id} with curl`} />
    </Section>
  );
}
