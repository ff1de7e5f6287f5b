import { X } from "lucide-react";
import { useId } from "react";
import type { ReactNode, Ref } from "react";
import { Button } from "./button.tsx";

/** The browser's own modal dialog: it keeps the focus, closes on Esc and gives the focus back. Open it by `showModal()`. */
export function Dialog({
  ref,
  title,
  children,
}: {
  readonly ref: Ref<HTMLDialogElement>;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      closedby="any"
      className="w-[min(28rem,calc(100vw-2rem))] rounded border bg-raised text-foreground shadow-float open:animate-appear"
    >
      <div className="flex items-center justify-between border-b py-2 pr-2 pl-4">
        <h2 id={titleId} className="text-md font-semibold">
          {title}
        </h2>
        <form method="dialog">
          <Button type="submit" look="quiet" size="icon" aria-label="Close">
            <X aria-hidden className="size-4" />
          </Button>
        </form>
      </div>
      <div className="p-4">{children}</div>
    </dialog>
  );
}
