import { sources } from "./registry.ts";
import type { Source } from "./source.ts";

function cell(text: string | undefined): string {
  return text === undefined || text === "" ? "–" : text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function renderRow({ kind, reads, limits }: Source<unknown>): string {
  const group = kind.group === "" ? "core" : `\`${kind.group}\``;
  const versions = kind.versions.map((version) => `\`${version}\``).join(", ");
  return `| ${kind.kind} | ${group} | ${versions} | ${cell(reads)} | ${cell(limits)} | get, list, watch |`;
}

/** The page of everything that is watched, as Markdown; `docs/sources.md` is its output. */
export function renderSources(): string {
  const all: readonly Source<unknown>[] = sources;
  const rows = [...all].sort(
    (left, right) => compare(left.kind.group, right.kind.group) || compare(left.kind.kind, right.kind.kind),
  );
  return `# Sources

Made from \`lib/sources/registry.ts\` by \`npm run sources\`; do not edit it here.

The kinds that Gatebook watches, ${String(rows.length)} in all. Of several accepted versions the one that the API server prefers is read. A kind
that is not installed, or that may not be read, is stated on the admin page; the others go on. The rights are those of
[\`deploy/cluster-role.yaml\`](../deploy/cluster-role.yaml), which is made from the same registry.

| kind | API group | accepted versions | what is read | limits | rights |
| --- | --- | --- | --- | --- | --- |
${rows.map(renderRow).join("\n")}

Besides, \`customresourcedefinitions\` are listed and watched, their metadata alone, so that a kind that is installed later is
noticed at once; and a ConfigMap that \`gatebook.dev/openapi-configmap\` names is read with \`get\`, where a Role grants it by
name.
`;
}

/** By code unit, which is the same everywhere. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
