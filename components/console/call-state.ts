import type { BodyForm, OperationForm } from "./operation-form.ts";

export type ExtraHeader = { readonly name: string; readonly value: string };

/** What a person has filled in; lives in the memory of the page alone. */
export type CallState = {
  readonly endpointId: string;
  readonly values: { readonly [field: string]: string };
  readonly bodyIndex: number;
  readonly text: string;
  readonly parts: { readonly [name: string]: string };
  readonly files: { readonly [name: string]: readonly File[] };
  readonly headers: readonly ExtraHeader[];
};

export const wholeBody = "";

/** The form as it is first shown: examples filled in. */
export function initialCall(form: OperationForm, endpointId: string): CallState {
  return {
    endpointId,
    values: Object.fromEntries(form.parameters.map(({ place, name, initial }) => [`${place}:${name}`, initial])),
    headers: [],
    ...initialBody(form.bodies[0], 0),
  };
}

/** The state of a body of another kind, with that one's examples. */
export function initialBody(
  body: BodyForm | undefined,
  bodyIndex: number,
): Pick<CallState, "bodyIndex" | "text" | "parts" | "files"> {
  return {
    bodyIndex,
    text: body?.kind === "json" || body?.kind === "text" ? body.example : "",
    parts:
      body?.kind === "parts" || body?.kind === "fields"
        ? Object.fromEntries(body.fields.map(({ name, initial }) => [name, initial]))
        : {},
    files: {},
  };
}
