import type { ComponentType } from "react";

type MarkdownProps = { readonly source?: string };

/**
 * A plugin of Swagger UI: what a description says is shown as Markdown without HTML and without images, which would be
 * requests to whoever wrote it.
 */
export function plainText() {
  return {
    wrapComponents: {
      Markdown: (Original: ComponentType<MarkdownProps>) =>
        function PlainMarkdown(props: MarkdownProps) {
          return <Original {...props} source={withoutHtmlAndImages(props.source ?? "")} />;
        },
    },
  };
}

function withoutHtmlAndImages(text: string): string {
  return text.replaceAll(/!\[/g, "[").replaceAll(/<(?=[a-z/!?])/gi, "&lt;");
}
