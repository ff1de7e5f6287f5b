"use client";

import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { initialBody, wholeBody } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import type { OperationForm } from "./operation-form.ts";

/** The body: text with an example in it, the parts of a form, or a file. */
export function BodyEditor({
  form,
  call,
  problem,
  onChange,
}: {
  readonly form: OperationForm;
  readonly call: CallState;
  readonly problem: { readonly field: string; readonly message: string } | null;
  readonly onChange: (change: Partial<CallState>) => void;
}) {
  const body = form.bodies[call.bodyIndex];
  if (body === undefined) return null;
  const error = problem?.field === "body" ? problem.message : null;
  return (
    <div className="flex flex-col gap-4">
      {form.bodies.length > 1 && (
        <Field id="media-type" label="Form of the body">
          <Select
            id="media-type"
            value={call.bodyIndex}
            onChange={(event) => {
              const index = Number(event.target.value);
              onChange(initialBody(form.bodies[index], index));
            }}
          >
            {form.bodies.map(({ mediaType }, index) => (
              <option key={mediaType} value={index}>
                {mediaType}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {body.kind === "json" || body.kind === "text" ? (
        <Field
          id="body"
          label={
            <>
              Body <span className="font-normal text-muted">{body.mediaType}</span>
              {!form.bodyDescribed && (
                <span className="font-normal text-muted"> · not described; leave it empty to send none</span>
              )}
            </>
          }
          error={error}
        >
          <TextArea
            id="body"
            rows={Math.min(Math.max(call.text.split("\n").length + 1, 6), 22)}
            spellCheck={false}
            aria-invalid={error !== null}
            className="font-mono text-sm"
            value={call.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Field>
      ) : body.kind === "file" ? (
        <FileField
          id="body"
          label={`Body ${body.mediaType}`}
          error={error}
          multiple={false}
          onFiles={(files) => onChange({ files: { [wholeBody]: files } })}
        />
      ) : (
        body.fields.map((field) =>
          field.file ? (
            <FileField
              key={field.name}
              id={`part:${field.name}`}
              label={field.name}
              optional={!field.required}
              error={problem?.field === `part:${field.name}` ? problem.message : null}
              multiple
              onFiles={(files) => onChange({ files: { ...call.files, [field.name]: files } })}
            />
          ) : (
            <Field
              key={field.name}
              id={`part:${field.name}`}
              label={
                <>
                  <span className="font-mono">{field.name}</span>
                  {!field.required && <span className="font-normal text-muted"> optional</span>}
                </>
              }
              error={problem?.field === `part:${field.name}` ? problem.message : null}
            >
              <Input
                id={`part:${field.name}`}
                value={call.parts[field.name] ?? ""}
                autoComplete="off"
                className="font-mono"
                onChange={(event) => onChange({ parts: { ...call.parts, [field.name]: event.target.value } })}
              />
            </Field>
          ),
        )
      )}
    </div>
  );
}

function FileField({
  id,
  label,
  optional = false,
  multiple,
  error,
  onFiles,
}: {
  readonly id: string;
  readonly label: string;
  readonly optional?: boolean;
  readonly multiple: boolean;
  readonly error: string | null;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  return (
    <Field
      id={id}
      label={
        <>
          <span className="font-mono">{label}</span>
          {optional && <span className="font-normal text-muted"> optional</span>}
        </>
      }
      error={error}
    >
      <input
        id={id}
        type="file"
        multiple={multiple}
        aria-invalid={error !== null}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
        className="rounded border border-dashed border-border-strong/60 bg-surface p-3 text-sm file:mr-3 file:h-7 file:cursor-pointer file:rounded file:border file:border-border file:bg-raised file:px-2.5 file:font-medium file:text-foreground"
      />
    </Field>
  );
}
