import { describe, expect, it } from "vitest";
import { foundBounded } from "./testdata/bounds.ts";
import { apiOf, object, urlsOf } from "./testdata/objects.ts";
import { condition, gateway, model, route } from "./testdata/world.ts";

/** Items in flow form, made by their number. */
function many(count: number, make: (index: number) => string): string {
  return `[${Array.from({ length: count }, (_, index) => make(index)).join(", ")}]`;
}

const to = (name: string): string => `backendRefs: [{ name: ${name}, port: 80 }]`;

describe("hosts that are patterns, everywhere", () => {
  const pattern = /is (a|the) pattern/;

  it.each([
    [
      "a listener",
      gateway('[{ name: h, port: 80, protocol: HTTP, hostname: "*.test" }]') +
        route("r", `{ ${to("churn")} }`, { hosts: "[]" }),
    ],
    ["a route", gateway() + route("r", `{ ${to("churn")} }`, { hosts: '["*.models.test", "*.test"]' })],
    [
      "both",
      gateway('[{ name: h, port: 80, protocol: HTTP, hostname: "*.test" }]') +
        route("r", `{ ${to("churn")} }`, { hosts: '["*.models.test"]' }),
    ],
    [
      "an Ingress",
      object(
        "networking.k8s.io/v1 Ingress",
        "i",
        `spec: { rules: [{ host: "*.test", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: churn, port: { number: 80 } } } }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
      ),
    ],
    [
      "a Route",
      object(
        "route.openshift.io/v1 Route",
        "o",
        `spec: { host: a.test, to: { kind: Service, name: churn } }
status: { ingress: [{ host: a.test, wildcardPolicy: Subdomain, conditions: [${condition("Admitted", "True")}] }] }`,
      ),
    ],
    [
      "a VirtualService",
      object(
        "networking.istio.io/v1 Gateway",
        "gw",
        'spec: { selector: { istio: in }, servers: [{ port: { number: 80, protocol: HTTP }, hosts: ["*.test"] }] }',
      ) +
        object(
          "networking.istio.io/v1 VirtualService",
          "v",
          'spec: { hosts: ["*.test"], gateways: [gw], http: [{ route: [{ destination: { host: churn } }] }] }',
        ),
    ],
    [
      "an IngressRoute",
      object(
        "traefik.io/v1alpha1 IngressRoute",
        "t",
        "spec: { routes: [{ match: 'HostRegexp(`^.+[.]test$`)', services: [{ name: churn, port: 80 }] }] }",
      ),
    ],
  ])("%s gives no URL and a reason", (_, yaml) => {
    const api = apiOf(foundBounded(model("churn") + yaml), "churn");
    expect(urlsOf(api)).toEqual([]);
    expect(api.stateReason).toMatch(pattern);
  });

  it("a thousand of them are said once or twice, not a thousand times", () => {
    const hosts = many(1_000, (index) => `"*.h${String(index)}.test"`);
    const api = apiOf(foundBounded(model("churn") + gateway() + route("r", `{ ${to("churn")} }`, { hosts })), "churn");
    expect(api.stateReason?.length).toBeLessThan(1_000);
  });
});
