// The layers of STYLE as errors. Each rule carries its reason.
const room = (names) => `^lib/(${names.join("|")})/`;
const ground = ["base", "env", "model", "contract"];
const pure = ["spec", "diff", "derive", "access"];
const adapters = ["kube", "store", "http"];
const edges = ["sources", "acquire"];
const flows = ["catalog", "versions", "notices", "views", "acts"];
const hosts = ["controller", "next"];

const upward = (from, to, comment) => ({
  name: `${from.join("-")}-not-upward`,
  comment,
  severity: "error",
  from: { path: room(from) },
  to: { path: room(to) },
});

const oneImporter = (name, target, allowed) => ({
  name: `only-${name}`,
  comment: `${target} is behind one adapter, so that it can be replaced and its failures are handled once.`,
  severity: "error",
  from: { path: "^(lib|app|components|bin)/", pathNot: allowed },
  to: { path: target },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle has no order to read it in.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    upward(
      ground,
      [...pure, ...adapters, ...edges, ...flows, ...hosts],
      "Ground carries everything and knows nothing above it.",
    ),
    upward(pure, ["env", ...adapters, ...edges, ...flows, ...hosts], "Pure rooms do no I/O and read no environment."),
    upward(
      adapters,
      [...pure, ...edges, ...flows, ...hosts],
      "An adapter translates one outside thing; it has no rules.",
    ),
    upward(edges, [...flows, ...hosts], "Edges do not know what is done with what they see."),
    upward(flows, hosts, "Flows are composed by the hosts."),
    ...flows.map((name) => ({
      name: `flow-${name}-alone`,
      comment: "Flows do not know each other; the host passes them one transaction.",
      severity: "error",
      from: { path: `^lib/${name}/` },
      to: { path: room(flows.filter((other) => other !== name)) },
    })),
    ...[...ground, ...pure, ...adapters, ...edges, ...flows, ...hosts].map((name) => ({
      name: `enter-${name}-by-its-index`,
      comment: "A room is entered only through its index, which is its manual.",
      severity: "error",
      from: { path: "^(lib|app|components|bin)/", pathNot: `^lib/${name}/` },
      to: { path: `^lib/${name}/`, pathNot: `^lib/${name}/index\\.ts$` },
    })),
    {
      name: "lib-not-upward",
      comment: "lib is below components and app.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|bin|e2e|test|examples)/" },
    },
    {
      name: "components-not-upward",
      comment: "components are below app.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|bin|e2e|test|examples)/" },
    },
    {
      name: "components-take-values-from-few",
      comment: "What runs in a browser must not pull the server in; types are fine.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^lib/", pathNot: "^lib/(model|contract|spec|diff)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "web-never-reaches-the-cluster",
      comment: "The web role has no cluster rights and must not carry the code either.",
      severity: "error",
      from: { path: "^(app|components|lib/(views|next))/" },
      to: { path: room(["kube", "sources", "acquire"]), reachable: true },
    },
    oneImporter("kube-imports-the-client", "node_modules/@kubernetes/client-node", "^lib/kube/"),
    oneImporter(
      "store-imports-the-database",
      "(node_modules/(@prisma|pg|graphile-worker)/|^lib/store/generated/)",
      "^lib/store/",
    ),
    {
      name: "react-and-next-in-lib-next-only",
      comment: "lib can be tested without Next or React.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/next/" },
      to: { path: "node_modules/(next|next-auth|react|react-dom)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^\\.next/|lib/store/generated/.*|\\.test\\.tsx?$)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
