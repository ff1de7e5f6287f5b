"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { TokenView } from "@/lib/contract/index.ts";
import { callPortal } from "../rest/call-portal.ts";
import { Button } from "../ui/button.tsx";
import { Callout } from "../ui/callout.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { LiveFieldset } from "../ui/live-fieldset.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { TokenRow } from "./token-row.tsx";

const lifetimes = [
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "1 year" },
] as const;

/** Makes access tokens, shows each secret once, and revokes them. */
export function TokenManager({ items }: { readonly items: readonly TokenView[] }) {
  const router = useRouter();
  const id = useId();
  const [name, setName] = useState("");
  const [days, setDays] = useState(30);
  const create = useMutation({
    mutationFn: () =>
      callPortal<"createToken">("POST", "/api/v1/tokens", { body: { name: name.trim(), expiresInDays: days } }),
    onSuccess: () => {
      setName("");
      router.refresh();
    },
  });
  return (
    <div className="flex max-w-240 flex-col gap-8">
      <Section title="New token">
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") create.mutate();
          }}
        >
          <LiveFieldset>
            <Field id={`${id}-name`} label="Name">
              <Input
                id={`${id}-name`}
                className="w-64 max-w-full"
                required
                maxLength={100}
                autoComplete="off"
                placeholder="What it is for"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field id={`${id}-days`} label="Expires after">
              <Select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
                {lifetimes.map((lifetime) => (
                  <option key={lifetime.days} value={lifetime.days}>
                    {lifetime.label}
                  </option>
                ))}
              </Select>
            </Field>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create token
            </Button>
          </LiveFieldset>
        </form>
        {create.isError && (
          <p role="alert" className="text-level-breaking">
            {create.error.message}
          </p>
        )}
        {create.isSuccess && (
          <Callout
            tone="info"
            role="status"
            title={`“${create.data.token.name}” was created. Copy it now: it is not shown again.`}
          >
            <span className="mt-1.5 flex max-w-full items-center gap-1 self-start rounded border bg-surface pl-2.5">
              <code className="min-w-0 flex-1 py-1 font-mono wrap-anywhere" data-secret>
                {create.data.secret}
              </code>
              <CopyButton text={create.data.secret} label="Copy the token" />
            </span>
          </Callout>
        )}
      </Section>
      <Section title="Your tokens">
        {items.length === 0 ? (
          <p className="text-muted">You have none.</p>
        ) : (
          <ul className="divide-y rounded border bg-surface">
            {items.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
