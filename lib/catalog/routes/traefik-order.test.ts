import { describe, it } from "vitest";
import { object } from "../testdata/objects.ts";
import { expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.corp.test";
const host = "Host(`m.corp.test`)";
const both = model("churn") + model("other");

function ingressRoute(name: string, match: string, priority: number | null): string {
  const order = priority === null ? "" : `priority: ${String(priority)}, `;
  const route = `{ kind: Rule, match: '${match}', ${order}services: [{ name: ${name}, port: 80 }] }`;
  return object("traefik.io/v1alpha1 IngressRoute", name, `spec: { entryPoints: [web], routes: [${route}] }`);
}

/** What two IngressRoutes come to: of `churn` and of `other`. */
function expectRouted(
  churn: readonly [match: string, priority: number | null],
  other: readonly [match: string, priority: number | null],
  expected: { readonly churn: ExpectedApi; readonly other: ExpectedApi },
): void {
  const [one, two] = [ingressRoute("churn", ...churn), ingressRoute("other", ...other)];
  expectApis(both + one + two, expected);
  expectApis(both + two + one, expected);
}

describe("of IngressRoutes that a call meets", () => {
  const whole = `${site} prefix:/->/`;
  const below = `${site}/v1 text-prefix:/v1->/v1`;
  const first = (name: string): string =>
    `Calls there go to IngressRoute team/${name}, which goes first by its priority.`;

  it("the longer rule has it", () => {
    expectRouted([host, null], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [`${whole} except text-prefix:/v1`] },
      other: { ways: [below] },
    });
  });

  it("the one of the higher priority has it, however long the rules are", () => {
    expectRouted([host, 1000], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [whole] },
      other: { ways: [`${below} except text-prefix:/v1`], problems: [first("churn")] },
    });
  });

  it("a priority of 0 is none", () => {
    expectRouted([host, 0], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [`${whole} except text-prefix:/v1`] },
      other: { ways: [below] },
    });
  });

  it("the rule that is longer by its text alone has it too", () => {
    const wide = "(Host(`m.corp.test`) || Host(`another-and-longer.corp.test`)) && PathPrefix(`/v1`)";
    expectRouted([wide, null], [`${host} && PathPrefix(\`/v1/x\`)`, null], {
      churn: { ways: ["http://another-and-longer.corp.test/v1 text-prefix:/v1->/v1", below] },
      other: { ways: [`${site}/v1/x text-prefix:/v1/x->/v1/x except text-prefix:/v1/x`], problems: [first("churn")] },
    });
  });

  it("one of some methods has those alone", () => {
    expectRouted([`${host} && Method(\`POST\`)`, 1000], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [`${whole} POST`] },
      other: { ways: [`${below} except text-prefix:/v1 POST`] },
    });
  });

  it("one that asks for a header leaves the others be", () => {
    expectRouted([`${host} && Header(\`x-a\`, \`1\`)`, 1000], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [`${whole} {x-a: 1}`], headers: ["x-a: 1"] },
      other: { ways: [below] },
    });
  });

  it("one path has itself, and not what begins with its text", () => {
    expectRouted([`${host} && Path(\`/v1\`)`, 1000], [`${host} && PathPrefix(\`/v1\`)`, null], {
      churn: { ways: [`${site}/v1 exact:/v1->/v1`] },
      other: { ways: [`${below} except exact:/v1`] },
    });
  });
});

describe("of Ingresses of Traefik's that a call meets", () => {
  const ingress = (name: string, path: string, type = "Prefix", priority = ""): string =>
    object(
      "networking.k8s.io/v1 Ingress",
      name,
      `spec: { ingressClassName: traefik, rules: [{ host: m.corp.test, http: { paths: [{ path: ${path}, pathType: ${type}, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
      priority === "" ? "" : `annotations: { traefik.ingress.kubernetes.io/router.priority: "${priority}" }`,
    );
  const first = (name: string): string => `Calls there go to Ingress team/${name}, which goes first by its priority.`;

  it("the longer path has it, and all that begins with its text", () => {
    expectApis(both + ingress("churn", "/") + ingress("other", "/v1"), {
      churn: { ways: [`${site} prefix:/->/ except text-prefix:/v1`] },
      other: { ways: [`${site}/v1 prefix:/v1->/v1`] },
    });
  });

  it("the one of the higher priority has it", () => {
    expectApis(both + ingress("churn", "/", "Prefix", "1000") + ingress("other", "/v1"), {
      churn: { ways: [`${site} prefix:/->/`] },
      other: { ways: [`${site}/v1 prefix:/v1->/v1 except prefix:/v1`], problems: [first("churn")] },
    });
  });

  it("an exact path goes behind a prefix that is as long", () => {
    expectApis(both + ingress("churn", "/v1", "Exact") + ingress("other", "/v1"), {
      churn: { ways: [`${site}/v1 exact:/v1->/v1 except text-prefix:/v1`], problems: [first("other")] },
      other: { ways: [`${site}/v1 prefix:/v1->/v1`] },
    });
  });
});
