export type CurlCall = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body:
    | { readonly kind: "none" }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "file"; readonly fileName: string }
    | {
        readonly kind: "parts";
        readonly parts: readonly { readonly name: string; readonly value: string; readonly file: boolean }[];
      };
};

/** The call as a curl command for a POSIX shell; every value is quoted, so that none is read as part of the command. */
export function curlText(call: CurlCall): string {
  const lines = [`curl -X ${call.method} ${quote(call.url)}`];
  for (const { name, value } of call.headers) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  switch (call.body.kind) {
    case "none":
      break;
    case "text":
      lines.push(`--data-raw ${quote(call.body.text)}`);
      break;
    case "file":
      lines.push(`--data-binary ${quote(`@${call.body.fileName}`)}`);
      break;
    case "parts":
      for (const part of call.body.parts) {
        lines.push(
          part.file
            ? `-F ${quote(`${part.name}=@${part.value}`)}`
            : `--form-string ${quote(`${part.name}=${part.value}`)}`,
        );
      }
      break;
  }
  return lines.join(" \\\n  ");
}

function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
