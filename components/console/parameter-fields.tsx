"use client";

import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { ParameterField } from "./operation-form.ts";

/** The parameters of an operation, each with its type and place. */
export function ParameterFields({
  fields,
  values,
  problem,
  onChange,
}: {
  readonly fields: readonly ParameterField[];
  readonly values: { readonly [field: string]: string };
  readonly problem: { readonly field: string; readonly message: string } | null;
  readonly onChange: (field: string, value: string) => void;
}) {
  if (fields.length === 0) return null;
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="sr-only">Parameters</legend>
      {fields.map((field) => {
        const key = `${field.place}:${field.name}`;
        const error = problem?.field === key ? problem.message : null;
        const common = { id: key, value: values[key] ?? "", required: field.required };
        return (
          <Field
            key={key}
            id={key}
            label={
              <>
                <span className="font-mono">{field.name}</span>{" "}
                <span className="font-normal text-muted">
                  {field.type}, {field.place}
                  {field.required ? "" : ", optional"}
                </span>
              </>
            }
            {...(field.description === "" ? {} : { hint: field.description.slice(0, 200) })}
            error={error}
          >
            {field.choices.length > 0 ? (
              <Select {...common} onChange={(event) => onChange(key, event.target.value)}>
                {!field.required && <option value="">(left out)</option>}
                {field.choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice}
                  </option>
                ))}
              </Select>
            ) : (
              <Input
                {...common}
                autoComplete="off"
                spellCheck={false}
                aria-invalid={error !== null}
                className="font-mono"
                onChange={(event) => onChange(key, event.target.value)}
              />
            )}
          </Field>
        );
      })}
    </fieldset>
  );
}
