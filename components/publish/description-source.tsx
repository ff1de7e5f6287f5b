"use client";

import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";

export type ChosenSource =
  { readonly kind: "document"; readonly text: string } | { readonly kind: "revision"; readonly revision: string };

const bytesMax = 16 * 1024 * 1024;

/** Where the description comes from: pasted, a file, or what a revision serves. */
export function DescriptionSource({
  source,
  revisions,
  onChange,
}: {
  readonly source: ChosenSource;
  readonly revisions: readonly { readonly name: string; readonly trafficPercent: number }[];
  readonly onChange: (source: ChosenSource) => void;
}) {
  const file = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const read = async (given: File | undefined) => {
    if (given === undefined) return;
    if (given.size > bytesMax) {
      setRefused(`“${given.name}” is larger than 16 MiB, the limit for a description.`);
      return;
    }
    setRefused(null);
    onChange({ kind: "document", text: await given.text() });
  };
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
        <legend className="mb-1.5 text-sm font-medium">The description</legend>
        <label className="flex items-center gap-2">
          <input
            type="radio"
            name="source"
            className="accent-accent"
            checked={source.kind === "document"}
            onChange={() => onChange({ kind: "document", text: "" })}
          />
          Paste or upload it
        </label>
        <label className="flex items-center gap-2">
          <input
            type="radio"
            name="source"
            className="accent-accent"
            checked={source.kind === "revision"}
            disabled={revisions.length === 0}
            onChange={() => onChange({ kind: "revision", revision: revisions[0]?.name ?? "" })}
          />
          Take what a revision serves
        </label>
      </fieldset>
      {source.kind === "revision" ? (
        <Field id="revision" label="Revision">
          <Select
            id="revision"
            className="max-w-120 font-mono"
            value={source.revision}
            onChange={(event) => onChange({ kind: "revision", revision: event.target.value })}
          >
            {revisions.map(({ name, trafficPercent }) => (
              <option key={name} value={name}>
                {name} ({trafficPercent}% of traffic)
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <Field id="document" label="OpenAPI or Swagger, JSON or YAML" error={refused}>
          <div
            className="relative"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              void read(event.dataTransfer.files[0]);
            }}
          >
            <TextArea
              id="document"
              rows={14}
              spellCheck={false}
              placeholder={"openapi: 3.1.0\ninfo:\n  title: …\n\nPaste here, or drop a file."}
              className="font-mono text-sm"
              value={source.text}
              onChange={(event) => onChange({ kind: "document", text: event.target.value })}
            />
            <input
              ref={file}
              type="file"
              accept=".json,.yaml,.yml,application/json,application/yaml"
              className="sr-only"
              tabIndex={-1}
              aria-label="Upload a description"
              onChange={(event) => void read(event.target.files?.[0])}
            />
            <Button size="small" className="absolute right-3 bottom-4" onClick={() => file.current?.click()}>
              <Upload aria-hidden className="size-3.5" /> Upload a file
            </Button>
          </div>
        </Field>
      )}
    </div>
  );
}
