import type { KindRef } from "../kube/index.ts";
import { watchedKinds } from "./registry.ts";

type Rule = {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Said above the rule. */
  readonly why?: string;
};

const readingVerbs = ["get", "list", "watch"];

function hasStatusOfOurs({ group, plural }: KindRef): boolean {
  return group === "gatebook.dev" && plural === "apidescriptions";
}

/** The core group first, then by name: the order says nothing, and a new kind changes few lines. */
function rulesOf(kinds: readonly KindRef[]): readonly Rule[] {
  const groups = [...new Set(kinds.map(({ group }) => group))].sort();
  const reading = groups.map((group) => {
    const plurals = kinds.filter((kind) => kind.group === group).map(({ plural }) => plural);
    return { group, resources: [...new Set(plurals)].sort(), verbs: readingVerbs };
  });
  const own = kinds.find(hasStatusOfOurs);
  return [
    ...reading,
    ...(own === undefined
      ? []
      : [
          {
            group: own.group,
            resources: [`${own.plural}/status`],
            verbs: ["patch"],
            why: "The one thing that is written: what was found for a description, on the object that asks for it.",
          },
        ]),
    {
      group: "apiextensions.k8s.io",
      resources: ["customresourcedefinitions"],
      verbs: ["list", "watch"],
      why: "With this a kind that is installed later is noticed within seconds, without it within half a minute.",
    },
  ];
}

function listOf(name: string, items: readonly string[]): string {
  return `    ${name}:\n${items.map((item) => `      - ${item}\n`).join("")}`;
}

function renderRule({ group, resources, verbs, why }: Rule): string {
  const comment = why === undefined ? "" : `  # ${why}\n`;
  return `${comment}  - apiGroups: [${group === "" ? '""' : group}]\n${listOf("resources", resources)}    verbs: [${verbs.join(", ")}]\n`;
}

/** The rights that following the cluster needs, as YAML; `deploy/cluster-role.yaml` is its output. */
export function renderClusterRole(kinds: readonly KindRef[] = watchedKinds): string {
  return `# Made from lib/sources/registry.ts by \`npm run sources\`; do not edit it here.
# Secrets are never read. A ConfigMap that holds a description is granted by name: examples/read-config-map.yaml.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: gatebook
  labels:
    app.kubernetes.io/name: gatebook
rules:
${rulesOf(kinds).map(renderRule).join("")}`;
}
