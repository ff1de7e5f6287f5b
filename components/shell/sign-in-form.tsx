"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { postAuthForm } from "./post-auth-form.ts";

/** The button that leads to the identity provider. */
export function SignInForm({ callbackUrl }: { readonly callbackUrl: string }) {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");
  const leave = () => {
    setState("leaving");
    postAuthForm("/api/auth/signin/oidc", callbackUrl).catch(() => setState("failed"));
  };
  return (
    <>
      <Button look="primary" onClick={leave} disabled={state === "leaving"}>
        {state === "leaving" ? "Going there…" : "Continue to sign in"}
      </Button>
      {state === "failed" && (
        <p role="alert" className="text-level-breaking">
          The portal did not answer. Check your connection and try again.
        </p>
      )}
    </>
  );
}
