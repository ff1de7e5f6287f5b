import type { ComponentType, ReactNode } from "react";
import { PlainLayout } from "./plain-layout.tsx";

type MarkdownProps = { readonly source?: string };
type CodeProps = { readonly children?: ReactNode; readonly className?: string };

/**
 * A plugin of Swagger UI. What a description says is shown as Markdown without HTML and without images, which would be
 * requests to whoever wrote it; code is shown in our own colours, which have enough contrast in light and dark.
 */
export function plainParts() {
  return {
    components: { PlainLayout },
    wrapComponents: {
      Markdown: (Original: ComponentType<MarkdownProps>) =>
        function PlainMarkdown(props: MarkdownProps) {
          return <Original {...props} source={withoutHtmlAndImages(props.source ?? "")} />;
        },
      SyntaxHighlighter: () =>
        function PlainCode({ children, className = "" }: CodeProps) {
          return (
            <pre tabIndex={0} className={`microlight ${className}`}>
              {children}
            </pre>
          );
        },
    },
  };
}

function withoutHtmlAndImages(text: string): string {
  return text.replaceAll("![", "[").replaceAll(/<(?=[a-z/!?])/gi, "&lt;");
}
