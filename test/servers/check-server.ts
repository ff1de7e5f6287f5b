import { isDeepStrictEqual } from "node:util";
import type { Expected, ServerCase } from "./server-case.ts";
import type { CatalogueEntry } from "./watching-portal.ts";

/** Where the description was found, without the address. */
export function placeOf({ acquisition }: CatalogueEntry): string {
  return acquisition?.place?.replace(/ at [\d.]+:\d+/g, "") ?? "nowhere";
}

/** What the catalogue says otherwise than it must. */
export function checkEntry(expected: Expected, entry: CatalogueEntry): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, wanted: unknown, found: unknown): void => {
    if (!isDeepStrictEqual(wanted, found))
      problems.push(`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
  };
  same("server", expected.server, entry.server);
  same("protocol", expected.protocol, entry.protocol);
  same("state", "ready", entry.state);
  same("origin", expected.origin, entry.origin);
  if (expected.path !== null) same("place", `GET ${expected.path}`, placeOf(entry));
  const told = entry.operations.map(({ id }) => id);
  for (const operation of expected.operations)
    if (!told.includes(operation)) problems.push(`${operation} is missing; there are ${told.join(", ")}`);
  for (const operation of expected.absent ?? [])
    if (told.includes(operation)) problems.push(`${operation} should not be told`);
  return problems;
}

/** What the server's own log says that it should not. */
export function checkRequests(
  when: string,
  { predicts }: ServerCase,
  wanted: readonly string[],
  seen: readonly string[],
): readonly string[] {
  const problems: string[] = [];
  for (const request of seen)
    if (predicts.test(request.slice(request.indexOf(" ") + 1)))
      problems.push(`${when}: the model was run by ${request}`);
  if (!isDeepStrictEqual([...wanted], [...seen]))
    problems.push(`${when}: the server should have seen ${sayAll(wanted)} and saw ${sayAll(seen)}`);
  return problems;
}

/** The budget of DESIGN §13 for a model that nobody touches. */
const dailyMax = 2;

export function checkBudget(when: string, seen: readonly string[]): readonly string[] {
  return seen.length <= dailyMax
    ? []
    : [`${when}: ${String(seen.length)} requests are more than the ${String(dailyMax)} a day that are promised`];
}

function sayAll(requests: readonly string[]): string {
  return requests.length === 0 ? "no request" : requests.join(", ");
}
