import type { ReactNode } from "react";
import { CodedText } from "../ui/coded-text.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SignInLink } from "./sign-in-link.tsx";

/** A page that the viewer may not use, with the reason; to who is not signed in, the way to be. */
export function Denied({ reason, anonymous }: { readonly reason: ReactNode; readonly anonymous: boolean }) {
  return (
    <EmptyState title={anonymous ? "Sign in first" : "This is not open to you"}>
      <p>{typeof reason === "string" ? <CodedText text={reason} /> : reason}</p>
      {anonymous && <SignInLink className="text-link">Sign in</SignInLink>}
    </EmptyState>
  );
}
