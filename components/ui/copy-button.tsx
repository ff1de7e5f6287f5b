"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Puts `text` on the clipboard and says so. */
export function CopyButton({
  text,
  label,
  children,
}: {
  readonly text: string;
  /** What is copied, for those who do not see the icon: "Copy the URL". */
  readonly label: string;
  readonly children?: string;
}) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  const Icon = state === "copied" ? Check : Copy;
  return (
    <Button
      look={children === undefined ? "quiet" : "plain"}
      size={children === undefined ? "icon" : "small"}
      className={children === undefined ? "size-7" : undefined}
      onClick={copy}
      aria-label={children === undefined ? label : undefined}
      title={state === "failed" ? "The browser did not allow it" : label}
    >
      <Icon aria-hidden className="size-3.5" />
      {children !== undefined && (state === "copied" ? "Copied" : children)}
      <span role="status" className="sr-only">
        {state === "copied" ? "Copied" : state === "failed" ? "Copying was not allowed" : ""}
      </span>
    </Button>
  );
}
