"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { pageHref } from "../versions/page-href.ts";
import type { PagePlace } from "../versions/page-href.ts";
import type { OperationId } from "./operation-id.ts";

/** Which operation to call; the choice is in the URL. */
export function OperationPicker({
  operations,
  chosen,
  place,
}: {
  readonly operations: readonly OperationId[];
  readonly chosen: string;
  readonly place: PagePlace;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  return (
    <Field id="operation" label="Operation">
      <Select
        id="operation"
        value={shown}
        aria-busy={pending}
        className="max-w-160 font-mono"
        onChange={(event) => {
          const id = event.target.value;
          startTransition(() => {
            show(id);
            router.replace(pageHref(place, "try", { op: id }), { scroll: false });
          });
        }}
      >
        {operations.map((operation) => (
          <option key={operation.id} value={operation.id}>
            {operation.method.toUpperCase()} {operation.path}
          </option>
        ))}
      </Select>
    </Field>
  );
}
