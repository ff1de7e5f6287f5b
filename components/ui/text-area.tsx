import type { ComponentProps } from "react";
import { fieldClass } from "./input.tsx";

/** A text field of several lines. */
export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea className={`${fieldClass} w-full py-2 ${className}`} {...rest} />;
}
