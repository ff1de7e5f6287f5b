import type { ChangeLevel } from "../model/index.ts";
import { words } from "./messages/en.ts";
import { fixedRules, schemaRules } from "./rules.ts";
import type { Edit, FixedEdit, RuleArea, SchemaEdit } from "./rules.ts";

const areaTitles: Readonly<Record<RuleArea, string>> = {
  type: "Types",
  values: "Values and defaults",
  bounds: "Limits",
  text: "Texts: patterns, formats, encodings",
  objects: "Objects and properties",
  arrays: "Lists",
  composition: "Alternatives and conditions",
  paths: "Operations",
  lifecycle: "Lifecycle",
  parameters: "Parameters",
  bodies: "Request bodies",
  responses: "Answers and their headers",
  security: "Authentication",
  servers: "Base paths",
  callbacks: "Callbacks and webhooks",
};

type Row = {
  readonly edit: Edit;
  readonly area: RuleArea;
  readonly request: ChangeLevel;
  readonly response: ChangeLevel;
};

function rowsOf(): readonly Row[] {
  const ofSchemas = (Object.keys(schemaRules) as SchemaEdit[]).map((edit): Row => ({ edit, ...schemaRules[edit] }));
  const fixed = (Object.keys(fixedRules) as FixedEdit[]).map((edit): Row => {
    const { area, level } = fixedRules[edit];
    return { edit, area, request: level, response: level };
  });
  return [...ofSchemas, ...fixed];
}

function cell(text: string | readonly [string, string]): string {
  const said = typeof text === "string" ? text : [...new Set(text)].join(" / ");
  return said.replaceAll("{s}", "…").replaceAll("{a}", "*old*").replaceAll("{b}", "*new*").replaceAll("|", "\\|");
}

function renderRow({ edit, request, response }: Row): string {
  const isSchema = Object.hasOwn(schemaRules, edit);
  const { what, why, advice } = words[edit];
  const level = request === response ? request : `${request} / ${response}`;
  const id = isSchema ? `\`*-${edit}\`` : `\`${edit}\``;
  return `| ${id} | ${level} | ${cell(what)} | ${cell(why)} | ${cell(advice)} |`;
}

/** The page of all rules, as Markdown; `docs/rules.md` is its output. */
export function renderRules(): string {
  const rows = rowsOf();
  const sections = (Object.keys(areaTitles) as RuleArea[]).map((area) => {
    const own = rows.filter((row) => row.area === area).map(renderRow);
    return `## ${areaTitles[area]}\n\n| rule | level | what happened | why it matters | what to do |\n| --- | --- | --- | --- | --- |\n${own.join("\n")}\n`;
  });
  return `# Rules of change

Made from the table in \`lib/diff/rules.ts\` by \`npm run rules\`; do not edit it here.

Levels: *breaking* (a caller must change something), *risky* (should check), *safe* (compatible), *info* (news). Where two are
given, the first is for what a caller sends, the second for what comes back: what narrows a request breaks those who send it, what
widens an answer breaks those who read it. Anything that cannot be proven safe is at least risky. In callbacks and webhooks the
server sends, so both sides change places.

A rule that begins with \`*-\` has the place before it: \`request-body\`, \`request-property\`, \`request-parameter\`,
\`response-body\`, \`response-property\` or \`response-header\`, as in \`request-property-type-changed\`. Ids stay as they are.

${sections.join("\n")}`;
}
