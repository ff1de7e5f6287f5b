import { expect } from "vitest";
import type { Discovery, ObjectKey } from "../../model/index.ts";
import { discover } from "../discover.ts";
import type { World } from "../discover.ts";
import { worldOf } from "./world.ts";

const urlBytesMax = 2_000;
const textMax = 10_000;
const itemsMax = 2_000;

type Visit = (value: string | readonly unknown[], place: string) => void;

function walk(value: unknown, place: string, visit: Visit): void {
  if (typeof value === "string") visit(value, place);
  else if (Array.isArray(value)) {
    visit(value as readonly unknown[], place);
    for (const [index, item] of value.entries()) walk(item, `${place}[${String(index)}]`, visit);
  } else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value)) walk(item, `${place}.${name}`, visit);
}

/** Every text of an object's status, its addresses inside and the endpoints of slices: what controllers wrote down. */
function observedHosts(world: World): ReadonlySet<string> {
  const hosts = new Set<string>();
  const add = (text: string): void => {
    hosts.add(text);
    if (URL.canParse(text)) hosts.add(new URL(text).hostname.replace(/^\[|\]$/g, ""));
  };
  for (const list of world.lists)
    for (const object of list.objects())
      walk(
        [object["status"], object["endpoints"], (object["spec"] as { clusterIP?: unknown } | null)?.clusterIP],
        "",
        (value) => {
          if (typeof value === "string") add(value);
        },
      );
  return hosts;
}

/**
 * Whatever the objects were: every API has a state with a reason where it is not ready, every URL is one, texts and lists have
 * an end, and nothing is asked but what was observed.
 */
export function expectBounded(discovery: Discovery, world: World): void {
  const wrong: string[] = [];
  const say = (key: Pick<ObjectKey, "kind" | "name">, what: string): void => {
    wrong.push(`${key.kind} ${key.name.slice(0, 60)}: ${what}`);
  };
  const hosts = observedHosts(world);
  for (const api of discovery.apis) {
    if (api.state !== "ready" && api.stateReason === null) say(api.key, `${api.state} without a reason`);
    for (const url of [
      ...api.endpoints.map((own) => own.url),
      ...(api.internalUrl === null ? [] : [api.internalUrl]),
    ]) {
      if (!URL.canParse(url)) say(api.key, `no URL: ${url.slice(0, 100)}`);
      if (Buffer.byteLength(url) > urlBytesMax) say(api.key, `a URL of ${String(url.length)} characters`);
    }
    // The store takes neither NUL nor half of a pair of surrogates in a column of text.
    for (const { url, problem } of [...api.endpoints, { url: api.internalUrl ?? "", problem: api.stateReason }])
      if (/[\p{Cc}\p{Cs}]/u.test(`${url} ${problem ?? ""}`)) say(api.key, `control characters in ${url.slice(0, 100)}`);
    for (const { name, trafficPercent } of api.revisions)
      if (!(trafficPercent >= 0 && trafficPercent <= 100)) say(api.key, `${name} has ${String(trafficPercent)} %`);
    for (const { address } of api.endpoints)
      if (address !== null && !hosts.has(address.host)) say(api.key, `leads to ${address.host.slice(0, 100)}`);
    for (const { addresses } of api.probes) {
      if (addresses.length > 8) say(api.key, `${String(addresses.length)} addresses to ask`);
      for (const { host } of addresses) if (!hosts.has(host)) say(api.key, `asks ${host.slice(0, 100)}`);
    }
    walk(api, "", (value, place) => {
      const isText = typeof value === "string";
      const max = isText ? (/\.(body|text)$/.test(place) ? 300_000 : textMax) : itemsMax;
      if (value.length > max) say(api.key, `${place} has ${String(value.length)}`);
    });
  }
  for (const { object, reason } of discovery.leftOut)
    if (reason === "" || reason.length > 1_000) say(object, `left out: ${reason}`);
  for (const { object, message } of discovery.warnings)
    if (message === "" || message.length > 4_000) say(object, `warned: ${message.slice(0, 100)}`);
  expect(discovery.leftOut.length).toBeLessThanOrEqual(itemsMax);
  expect(discovery.warnings.length).toBeLessThanOrEqual(itemsMax);
  expect(wrong).toEqual([]);
}

/** What a world comes to, with an end to all of it. */
export function foundBounded(yaml: string): Discovery {
  const world = worldOf(yaml);
  const discovery = discover(world);
  expectBounded(discovery, world);
  return discovery;
}
