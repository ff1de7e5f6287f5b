import { CodeBlock } from "../ui/code-block.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SignInLink } from "../shell/sign-in-link.tsx";

const example = `kubectl annotate service churn gatebook.dev/title="Churn" gatebook.dev/owner=fraud`;

/** Says how a service gets here, to a cluster's first visitor, and to one who is not signed in that there may be more. */
export function EmptyCatalogue({ anonymous, admin }: { readonly anonymous: boolean; readonly admin: boolean }) {
  if (anonymous) {
    return (
      <EmptyState title="Nothing is public here">
        <p>Most APIs are shown to people who are signed in.</p>
        <SignInLink className="text-link">Sign in</SignInLink>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No API has been found yet">
      <p>
        A service appears here by itself when an Ingress or HTTPRoute reaches it, when it is a KServe InferenceService,
        or when its Service says so:
      </p>
      <div className="w-full">
        <CodeBlock code={example} label="An annotation that lists a Service" />
      </div>
      <p>
        {admin ? (
          <>
            What was seen and left out, with the reason, is under{" "}
            <a href="/admin" className="text-link">
              Administration
            </a>
            .
          </>
        ) : (
          "An administrator sees what was left out, with the reason."
        )}
      </p>
    </EmptyState>
  );
}
