import { describe, it } from "vitest";
import { object } from "../testdata/objects.ts";
import { at, condition, expectApis, gateway, hung, listener, parentStatus } from "../testdata/world.ts";
import type { ExpectedApi, ParentWord } from "../testdata/world.ts";

const accepted = condition("Accepted", "True");
const resolved = condition("ResolvedRefs", "True");
const programmed = `${accepted}, ${condition("Programmed", "True")}`;
const stale = "observedGeneration: 1";

describe("what a Gateway says of itself", () => {
  const gatewayOf = (status: string): string =>
    object(
      "gateway.networking.k8s.io/v1 Gateway",
      "gw",
      `spec: { listeners: [${listener("plain", 80)}, ${listener("alt", 8080)}] }\nstatus: ${status}`,
      "generation: 2",
    );
  const pending: ExpectedApi = { reason: "Gateway gw is not programmed in its present form yet." };

  it.each<[string, string, ExpectedApi]>([
    ["nothing is not programmed yet", "", pending],
    ["Accepted alone is not programmed yet", accepted, pending],
    ["an older True is not programmed yet", condition("Programmed", "True", stale), pending],
    ["an older False is not programmed yet", condition("Programmed", "False", stale), pending],
    [
      "False is told with its message and its reason",
      condition("Programmed", "False", "reason: AddressNotAssigned, message: No address."),
      { reason: "Gateway gw is not programmed: No address (AddressNotAssigned)." },
    ],
    [
      "Unknown, which the API server fills in, is told",
      condition("Programmed", "Unknown", "reason: Pending, message: Waiting for controller"),
      { reason: "Gateway gw is not programmed: Waiting for controller (Pending)." },
    ],
    [
      "not accepted is not programmed",
      `${condition("Accepted", "False", "reason: UnsupportedAddress")}, ${condition("Programmed", "True")}`,
      { reason: "Gateway gw is not programmed: UnsupportedAddress." },
    ],
    ["a True of no generation counts", programmed, at("http://m.corp.test", "http://m.corp.test:8080")],
  ])("%s", (_, conditions, expected) => {
    expectApis(gatewayOf(`{ conditions: [${conditions}] }`) + hung(), { churn: expected });
  });

  it.each<[string, string]>([
    ["is False", condition("Programmed", "False", "reason: Invalid")],
    ["is True of an older form", condition("Programmed", "True", stale)],
    ["is Unknown", condition("Programmed", "Unknown")],
    ["is True and not accepted", `${condition("Accepted", "False")}, ${condition("Programmed", "True")}`],
  ])("a listener whose Programmed %s serves nothing; the other one does", (_, conditions) => {
    const listeners = `[{ name: plain, conditions: [${conditions}] }, { name: alt, conditions: [${programmed}] }]`;
    const yaml = gatewayOf(`{ conditions: [${programmed}], listeners: ${listeners} }`);
    expectApis(yaml + hung(), { churn: at("http://m.corp.test:8080") });
  });

  it("a listener that the status does not speak of while it speaks of another one serves nothing", () => {
    const status = `{ conditions: [${programmed}], listeners: [{ name: alt, conditions: [${programmed}] }] }`;
    expectApis(gatewayOf(status) + hung("{ name: gw, sectionName: plain }"), {
      churn: { reason: "Listener plain of Gateway gw is not programmed in its present form yet." },
    });
  });

  it("one that does not exist is told", () => {
    expectApis(hung(), { churn: { reason: "Gateway team/gw does not exist." } });
    expectApis(hung(), { churn: { reason: /is not among the manifests/ } }, { confirming: false });
  });
});

describe("what parents say of a route", () => {
  const pending: ExpectedApi = { reason: "Gateway gw has not accepted its present form yet." };
  it.each<[string, string, ExpectedApi]>([
    ["Accepted that is missing is pending", resolved, pending],
    ["Accepted of an older form is pending", `${condition("Accepted", "True", stale)}, ${resolved}`, pending],
    ["ResolvedRefs that is missing is pending", accepted, pending],
    ["ResolvedRefs of an older form is pending", `${accepted}, ${condition("ResolvedRefs", "True", stale)}`, pending],
    ["ResolvedRefs Unknown is pending", `${accepted}, ${condition("ResolvedRefs", "Unknown")}`, pending],
    [
      "Accepted False is told",
      `${condition("Accepted", "False", "reason: NotAllowedByListeners, message: Wrong namespace.")}, ${resolved}`,
      { reason: "Gateway gw does not accept it: Wrong namespace (NotAllowedByListeners)." },
    ],
    [
      "Accepted Unknown is told",
      `${condition("Accepted", "Unknown", "reason: Pending")}, ${resolved}`,
      { reason: "Gateway gw does not accept it: Pending." },
    ],
    [
      "ResolvedRefs False is told with its reason",
      `${accepted}, ${condition("ResolvedRefs", "False", "reason: InvalidKind")}`,
      { reason: "A reference of it is broken: InvalidKind." },
    ],
  ])("%s", (_, conditions, expected) => {
    expectApis(gateway() + hung(undefined, { status: parentStatus({ conditions }) }), { churn: expected });
  });

  const refused = condition("Accepted", "False", "reason: NoMatchingParent");
  const other = "{ name: other }";
  it.each<[string, string, readonly ParentWord[], ExpectedApi]>([
    [
      "of two controllers one that accepts is enough",
      "{ name: gw }",
      [{ conditions: refused }, { controller: "b.test/gw" }],
      at("http://m.corp.test"),
    ],
    [
      "of two controllers none that accepts is told",
      "{ name: gw }",
      [{ conditions: refused }, { controller: "b.test/gw", conditions: refused }],
      { reason: "Gateway gw does not accept it: NoMatchingParent." },
    ],
    [
      "of two controllers the one that finds its references counts",
      "{ name: gw }",
      [
        { conditions: `${accepted}, ${condition("ResolvedRefs", "False", "reason: InvalidKind")}` },
        { controller: "b.test/gw" },
      ],
      at("http://m.corp.test"),
    ],
    [
      "of two parents one that accepts is enough",
      `{ name: gw }, ${other}`,
      [{}, { parent: other, conditions: refused }],
      at("http://m.corp.test"),
    ],
    [
      "a parent is the same one by all of its fields",
      "{ name: gw }",
      [{ parent: "{ group: gateway.networking.k8s.io, kind: Gateway, namespace: team, name: gw }" }],
      at("http://m.corp.test"),
    ],
    [
      "the word on one section is no word on the whole",
      "{ name: gw }",
      [{ parent: "{ name: gw, sectionName: http }" }],
      { reason: "Gateway gw has not accepted it yet." },
    ],
  ])("%s", (_, parent, entries, expected) => {
    expectApis(gateway() + hung(parent, { status: parentStatus(...entries) }), { churn: expected });
  });
});
