import type { Metadata } from "next";
import { SignInForm } from "@/components/shell/sign-in-form.tsx";
import { Logo } from "@/components/shell/logo.tsx";
import { firstOfEach } from "../search-params.ts";
import type { SearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Sign in" };

/** What next-auth says went wrong, as a person would want to hear it. */
const failures: { readonly [code: string]: string } = {
  OAuthSignin: "The identity provider could not be reached. Try again in a moment.",
  OAuthCallback:
    "The identity provider did not confirm who you are. Try again; if it stays, tell whoever runs the portal.",
  Callback: "The identity provider did not confirm who you are. Try again; if it stays, tell whoever runs the portal.",
  AccessDenied: "The identity provider refused to sign you in here. Ask whoever runs it for access.",
  SessionRequired: "That page is for people who are signed in.",
};

export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { callbackUrl, error } = firstOfEach(await searchParams);
  return (
    <div className="page flex flex-col items-center py-20">
      <div className="flex w-full max-w-88 flex-col gap-4">
        <Logo className="size-9 text-accent" />
        <h1 className="text-lg font-semibold">Sign in to Gatebook</h1>
        <p className="text-muted">You are sent to your organisation’s sign-in page and come back to where you were.</p>
        {error !== undefined && (
          <p role="alert" className="rounded bg-level-breaking-soft px-3 py-2 text-level-breaking">
            {failures[error] ?? "Signing in did not work. Try again."}
          </p>
        )}
        <SignInForm callbackUrl={localPath(callbackUrl)} />
      </div>
    </div>
  );
}

/** Only a path of this portal; anything else leads to the catalogue. */
function localPath(url: string | undefined): string {
  return url !== undefined && /^\/(?![/\\])/.test(url) ? url : "/";
}
