import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { Admission } from "../model/index.ts";
import { beginLook, nothingRecalled } from "./look.ts";
import { admissionOf } from "./network-admission.ts";
import type { PortalPlace } from "./network-admission.ts";
import { worldOf } from "./testdata/world.ts";
import { indexWorld } from "./world-index.ts";

const portal: PortalPlace = { namespace: "portal", pod: "gatebook-0" };

const pods = `
apiVersion: v1
kind: Namespace
metadata: { name: portal, namespace: "", labels: { team: platform } }
---
apiVersion: v1
kind: Pod
metadata: { name: gatebook-0, namespace: portal, labels: { app.kubernetes.io/name: gatebook, tier: web } }
spec: {}
status: { podIP: 10.1.2.3 }
---
apiVersion: v1
kind: Pod
metadata: { name: churn, labels: { app: churn, version: "1.0", team.corp.test/on: "yes", pod-template-hash: aaa } }
spec: { containers: [{ name: main, image: registry.test/app, ports: [{ name: http, containerPort: 8000 }, { containerPort: 9000 }] }] }
status: {}
`;

function policy(spec: string, name = "closed", namespace = "team"): string {
  return `\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;
}

/** A pod with these labels alone. */
function bare(name: string, namespace: string, labels: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }\nspec: {}\n`;
}

/** What keeps the portal from port 8000 of the pod, by the policies there are. */
function admission(
  policies: string,
  {
    place = portal,
    port = 8000,
    selector = { app: "churn" },
    more = "",
  }: {
    readonly place?: PortalPlace | null;
    readonly port?: number;
    readonly selector?: Readonly<Record<string, string>>;
    readonly more?: string;
  } = {},
): Admission | null {
  const world = indexWorld("test", true, worldOf(pods + policies + more).lists, beginLook(nothingRecalled));
  const pod = world.pods.get("team/churn");
  return admissionOf(world, place, pod === undefined ? [] : [pod], selector, port);
}

/** A policy for all pods of the namespace with one rule, as its YAML. */
const rule = (text: string): string => policy(`{ podSelector: {}, ingress: [${text}] }`);
const from = (peer: string): string => rule(`{ from: [${peer}] }`);
const ports = (text: string): string => rule(`{ ports: [${text}] }`);

describe("the portal is let in", () => {
  it.each([
    ["without any policy", ""],
    ["by policies of other pods", policy("{ podSelector: { matchLabels: { app: other } } }")],
    ["by policies of other namespaces", policy("{ podSelector: {} }", "closed", "elsewhere")],
    ["by policies for what goes out alone", policy("{ podSelector: {}, policyTypes: [Egress], egress: [] }")],
    ["by an empty rule", rule("{}")],
    ["by a rule for nobody in particular", rule("{ from: [], ports: [] }")],
    [
      "by its namespace's name",
      from("{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: portal } } }"),
    ],
    ["by its namespace's label", from("{ namespaceSelector: { matchLabels: { team: platform } } }")],
    [
      "by an expression",
      from("{ namespaceSelector: { matchExpressions: [{ key: team, operator: In, values: [a, platform] }] } }"),
    ],
    ["by every namespace", from("{ namespaceSelector: {} }")],
    ["by namespace and pod", from("{ namespaceSelector: {}, podSelector: { matchLabels: { tier: web } } }")],
    ["by one peer of several", from("{ podSelector: {} }, { namespaceSelector: {} }")],
    ["by one rule of several", rule("{ from: [{ podSelector: {} }] }, {}")],
    ["from everywhere", from("{ ipBlock: { cidr: 0.0.0.0/0 } }")],
    ["from its own address", from("{ ipBlock: { cidr: 10.1.2.3/32 } }")],
    ["from a range around it", from("{ ipBlock: { cidr: 10.1.0.0/16, except: [10.1.3.0/24] } }")],
    ["from one range of several", from("{ ipBlock: { cidr: 203.0.113.0/24 } }, { ipBlock: { cidr: 10.0.0.0/8 } }")],
    ["by TCP beside UDP", ports("{ protocol: UDP, port: 8000 }, { protocol: TCP, port: 8000 }")],
    ["from everywhere by IPv6", from("{ ipBlock: { cidr: '::/0' } }")],
    ["at the port's number", ports("{ port: 8000 }")],
    ["at the port's name", ports("{ port: http }")],
    ["at a port of several", ports("{ port: 9000 }, { protocol: TCP, port: 8000 }")],
    ["at every port of TCP", ports("{ protocol: TCP }")],
    ["at a range", ports("{ port: 7999, endPort: 8001 }")],
    ["at the end of a range", ports("{ port: 7999, endPort: 8000 }")],
    [
      "by another policy, since they add up",
      policy("{ podSelector: {} }") + policy("{ podSelector: {}, ingress: [{}] }", "open"),
    ],
  ])("%s", (_, policies) => {
    expect(admission(policies)).toBeNull();
  });
});

describe("the portal is kept out", () => {
  it.each([
    ["where nothing is said of types or rules", policy("{ podSelector: {} }")],
    ["where no rule is listed", policy("{ podSelector: {}, policyTypes: [Ingress], ingress: [] }")],
    ["where both types are named", policy("{ podSelector: {}, policyTypes: [Egress, Ingress] }")],
    [
      "where an expression selects the pod",
      policy("{ podSelector: { matchExpressions: [{ key: app, operator: Exists }] } }"),
    ],
    ["by pods of the same namespace alone", from("{ podSelector: {} }")],
    [
      "by its own pod's labels in the wrong namespace",
      from("{ podSelector: { matchLabels: { app.kubernetes.io/name: gatebook } } }"),
    ],
    ["by another namespace", from("{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: team } } }")],
    ["by its namespace with other pods", from("{ namespaceSelector: {}, podSelector: { matchLabels: { tier: db } } }")],
    ["by a range without its own part", from("{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }")],
    ["by everywhere without its own address", from("{ ipBlock: { cidr: 0.0.0.0/0, except: [10.1.2.3/32] } }")],
    ["by a range that is none", from("{ ipBlock: { cidr: 10.0.0.0 } }, { ipBlock: { cidr: any/8 } }")],
    ["by a length that no address has", from("{ ipBlock: { cidr: 10.0.0.0/33 } }")],
    ["for UDP alone", ports("{ protocol: UDP, port: 8000 }")],
    ["for every port of UDP and SCTP", ports("{ protocol: UDP }, { protocol: SCTP }")],
    ["at a range of UDP", ports("{ protocol: UDP, port: 7999, endPort: 8001 }")],
    ["at the port's name by UDP", ports("{ protocol: UDP, port: http }")],
    [
      "by an operator that nobody knows",
      from("{ namespaceSelector: { matchExpressions: [{ key: team, operator: Like }] } }"),
    ],
    ["by a range that it is not in", from("{ ipBlock: { cidr: 203.0.113.0/24 } }")],
    ["at another port's number", ports("{ port: 9000 }")],
    ["at another port's name", ports("{ port: metrics }")],
    ["before a range", ports("{ port: 8001, endPort: 9000 }")],
    ["behind a range", ports("{ port: 7000, endPort: 7999 }")],
    [
      "by a rule of which only a half is met",
      rule(
        "{ from: [{ namespaceSelector: {} }], ports: [{ port: 9000 }] }, { from: [{ podSelector: {} }], ports: [{ port: 8000 }] }",
      ),
    ],
  ])("%s", (_, policies) => {
    expect(admission(policies)?.policies).toEqual(["closed"]);
  });

  it("by all of several policies, of which those that select the pod are named", () => {
    const other = policy("{ podSelector: { matchLabels: { app: other } } }", "other");
    const second = policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }", "second");
    expect(admission(policy("{ podSelector: {} }") + second + other)?.policies).toEqual(["closed", "second"]);
  });

  it("eight policies are named at most", () => {
    const many = Array.from({ length: 12 }, (_, index) => policy("{ podSelector: {} }", `p${String(index)}`));
    expect(admission(many.join(""))?.policies).toHaveLength(8);
  });

  it("by every namespace's selector where it is outside of the cluster, and not by an open one", () => {
    const place = null;
    expect(admission(from("{ namespaceSelector: {} }"), { place })?.policies).toEqual(["closed"]);
    expect(admission(rule("{}"), { place })).toBeNull();
  });
});

describe("where nobody knows the portal's address", () => {
  it.each([
    ["outside of the cluster", null],
    ["in a pod that is not seen", { namespace: "portal", pod: "unknown" }],
  ])("%s a range may be for it, whatever it leaves out", (_, place) => {
    expect(admission(from("{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.7/32] } }"), { place })).toBeNull();
  });
});

it("the name of a port is that of the pod's own", () => {
  expect(admission(ports("{ port: http }"), { port: 9000 })?.policies).toEqual(["closed"]);
});

it("a portal in the model's own namespace is met by its pods' selector", () => {
  const place = { namespace: "team", pod: "unknown" };
  expect(admission(from("{ podSelector: {} }"), { place })).toBeNull();
  expect(
    admission(from("{ podSelector: { matchLabels: { app.kubernetes.io/name: gatebook } } }"), { place }),
  ).toBeNull();
  expect(admission(from("{ podSelector: { matchLabels: { tier: web } } }"), { place })?.policies).toEqual(["closed"]);
});

it("nothing is known where there are no pods", () => {
  const world = indexWorld("test", true, worldOf(policy("{ podSelector: {} }")).lists, beginLook(nothingRecalled));
  expect(admissionOf(world, portal, [], { app: "churn" }, 8000)).toBeNull();
});

describe("the policy that is proposed", () => {
  const closed = policy("{ podSelector: {} }");
  const manifestOf = (options: Parameters<typeof admission>[1]): string => admission(closed, options)?.manifest ?? "";

  it.each([
    ["the Service's selector", { app: "churn", version: "1.0" }, { app: "churn", version: "1.0" }],
    ["the pod's own labels, but for its template's", {}, { app: "churn", version: "1.0", "team.corp.test/on": "yes" }],
  ])("selects pods by %s and lets the portal in to one port", (_, selector, matchLabels) => {
    const manifest = parse(manifestOf({ selector })) as unknown;
    expect(manifest).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: expect.stringMatching(/^admit-gatebook-to-churn-[0-9a-f]{6}$/) as string, namespace: "team" },
      spec: {
        podSelector: { matchLabels },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "portal" } },
                podSelector: { matchLabels: { "app.kubernetes.io/name": "gatebook" } },
              },
            ],
            ports: [{ port: 8000 }],
          },
        ],
      },
    });
    expect(admission(closed, { more: `\n---\n${stringify(manifest)}` })).toBeNull();
  });

  it("lets in nobody else, and at no other port", () => {
    const more = `\n---\n${manifestOf({})}`;
    expect(admission(closed, { more, port: 9000 })?.policies).toEqual([
      expect.stringMatching(/^admit-gatebook-to-churn-/) as string,
      "closed",
    ]);
    expect(admission(closed, { more, place: { namespace: "elsewhere", pod: "p" } })).not.toBeNull();
  });

  it.each([
    [
      "its name alone, where it has one",
      "app.kubernetes.io/name: gate, tier: web",
      { "app.kubernetes.io/name": "gate" },
    ],
    ["all that last, where it has none", "app: gate, tier: web, pod-template-hash: a", { app: "gate", tier: "web" }],
  ])("knows the portal by its real labels: %s", (_, labels, matchLabels) => {
    const more = `\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: gate-0, namespace: portal, labels: { ${labels} } }\nspec: {}\n`;
    const place = { namespace: "portal", pod: "gate-0" };
    const manifest = admission(closed, { place, more })?.manifest ?? "";
    expect(parse(manifest)).toMatchObject({ spec: { ingress: [{ from: [{ podSelector: { matchLabels } }] }] } });
    expect(admission(closed, { place, more: `${more}---\n${manifest}` })).toBeNull();
  });

  it.each([
    ["the model's pods", { selector: {} }, "\n---\n" + bare("churn", "team", "{ pod-template-hash: bbb }")],
    ["the portal", { place: { namespace: "portal", pod: "gate-0" } }, "\n---\n" + bare("gate-0", "portal", "{}")],
  ])("is none where no label tells %s from others", (_, options, more) => {
    expect(admission(closed, { ...options, more })).toEqual({ policies: ["closed"], manifest: null });
  });

  it("has a name of its own for each selector and port", () => {
    const nameOf = (options: Parameters<typeof admission>[1]): unknown =>
      (parse(manifestOf(options)) as { metadata: { name: unknown } }).metadata.name;
    const names = [
      nameOf({}),
      nameOf({ port: 9000 }),
      nameOf({ selector: { app: "churn", version: "1.0" } }),
      nameOf({ selector: { version: "1.0" } }),
      nameOf({ selector: { "team.corp.test/on": "yes" } }),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(nameOf({})).toBe(nameOf({}));
  });

  it.each([
    ["capitals and dots", "Churn_V1.0", "churn-v1-0"],
    ["what a name must not begin with", "-.churn.-", "churn"],
    ["what no name can hold", "чурн", null],
    ["a long value", "c".repeat(63), "c".repeat(30)],
  ])("has a name that a cluster takes out of %s", (_, value, slug) => {
    const manifest = admission(closed, { selector: { app: value } })?.manifest ?? "";
    const [, name = ""] = /^ {2}name: "(.*)"$/m.exec(manifest) ?? [];
    expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
    expect(name.replace(/-[0-9a-f]{6}$/, "")).toBe(`admit-gatebook-to${slug === null ? "" : `-${slug}`}`);
  });

  it("names the namespace that the portal's own manifests have, where it is outside of the cluster", () => {
    expect(manifestOf({ place: null })).toContain('kubernetes.io/metadata.name: "gatebook"');
  });
});
