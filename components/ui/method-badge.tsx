import { clsx } from "clsx";

const colours: { readonly [method: string]: string } = {
  get: "text-method-get",
  head: "text-method-get",
  query: "text-method-get",
  post: "text-method-post",
  put: "text-method-put",
  patch: "text-method-patch",
  delete: "text-method-delete",
};

/** An HTTP method in its colour, in a column of fixed width. */
export function MethodBadge({ method, className }: { readonly method: string; readonly className?: string }) {
  return (
    <span
      className={clsx(
        "inline-block min-w-14 font-mono text-xs font-semibold uppercase",
        colours[method.toLowerCase()] ?? "text-method-other",
        className,
      )}
    >
      {method}
    </span>
  );
}
