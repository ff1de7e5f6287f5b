"use client";

import { Plus, X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import type { ExtraHeader } from "./call-state.ts";

/** Headers of the person's own, such as a key. They are kept nowhere: leaving the page forgets them. */
export function HeaderEditor({
  headers,
  onChange,
}: {
  readonly headers: readonly ExtraHeader[];
  readonly onChange: (headers: readonly ExtraHeader[]) => void;
}) {
  const set = (index: number, part: Partial<ExtraHeader>) =>
    onChange(headers.map((header, other) => (other === index ? { ...header, ...part } : header)));
  return (
    <fieldset className="flex flex-col items-start gap-2">
      <legend className="mb-1 text-sm font-medium">
        Headers and keys <span className="font-normal text-muted">kept in this page alone, until you leave it</span>
      </legend>
      {headers.map((header, index) => (
        <div key={index} className="flex w-full gap-2">
          <Input
            aria-label={`Name of header ${index + 1}`}
            placeholder="Authorization"
            autoComplete="off"
            spellCheck={false}
            className="w-2/5 font-mono"
            value={header.name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Input
            aria-label={`Value of header ${index + 1}`}
            type={/auth|key|token|secret|password|cookie/i.test(header.name) ? "password" : "text"}
            autoComplete="off"
            spellCheck={false}
            className="flex-1 font-mono"
            value={header.value}
            onChange={(event) => set(index, { value: event.target.value })}
          />
          <Button
            look="quiet"
            size="icon"
            aria-label={`Remove header ${index + 1}`}
            onClick={() => onChange(headers.filter((_, other) => other !== index))}
          >
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...headers, { name: "", value: "" }])}>
        <Plus aria-hidden className="size-3.5" /> Add a header
      </Button>
    </fieldset>
  );
}
