import ReactMarkdown from "react-markdown";
import type { Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";

/** Headings in a description stand below the page's own; images would be requests to somebody else, so their words stand in. */
const components: Components = {
  h1: ({ children }) => <h3 className="mt-3 font-semibold">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-3 font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-2 font-semibold">{children}</h4>,
  h4: ({ children }) => <h4 className="mt-2 font-semibold">{children}</h4>,
  h5: ({ children }) => <p className="mt-2 font-semibold">{children}</p>,
  h6: ({ children }) => <p className="mt-2 font-semibold">{children}</p>,
  img: ({ alt }) => (
    <span className="text-muted">[image: {alt === undefined || alt === "" ? "without words" : alt}]</span>
  ),
  a: ({ href, children }) => (
    <a href={href} rel="nofollow noopener noreferrer" target="_blank" className="text-link">
      {children}
    </a>
  ),
  ul: ({ children }) => <ul className="list-disc pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="list-decimal pl-5">{children}</ol>,
  code: ({ children }) => <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{children}</code>,
  pre: ({ children }) => (
    <pre tabIndex={0} className="overflow-x-auto rounded border bg-sunken p-3 text-sm">
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Table">
      <table className="text-sm [&_td]:border [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:px-2 [&_th]:py-1">
        {children}
      </table>
    </div>
  ),
};

/**
 * Text that somebody else wrote, as Markdown: raw HTML is shown as text or dropped, links carry no referrer, nothing is
 * loaded. Rendered on the server, so that its library stays there.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="prose-width flex flex-col gap-2 wrap-anywhere">
      <ReactMarkdown components={components} rehypePlugins={[rehypeSanitize]}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
