import type { PathException, PathMapping } from "../model/index.ts";

/** Where a consumer finds what the workload is asked for: a server, the path below it, and parameters that the route fixes. */
export type PublicPlace = { readonly server: string; readonly path: string; readonly bound: readonly string[] };

export function trimmed(path: string): string {
  return path === "/" ? "" : path.replace(/\/+$/, "");
}

/** Scheme, host and port of a URL. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? url;
}

/** The parameter of a template's segment that takes this literal one; null where it cannot. One parameter a segment is read. */
function bindSegment(template: string, literal: string): string | null {
  const [whole, before = "", name = "", after = ""] = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/.exec(template) ?? [];
  const fits =
    whole !== undefined &&
    literal.length > before.length + after.length &&
    literal.startsWith(before) &&
    literal.endsWith(after);
  return fits ? name : null;
}

/** What is left of a template behind the segments of a literal path, and the parameters that those segments fix. */
function coverSegments(
  template: string,
  literal: string,
  isWhole: boolean,
): { readonly rest: string; readonly bound: readonly string[] } | null {
  const wanted = template.split("/");
  const given = literal.split("/");
  if (isWhole ? wanted.length !== given.length : wanted.length < given.length) return null;
  const bound: string[] = [];
  for (const [index, segment] of given.entries()) {
    const own = wanted[index] ?? "";
    if (own === segment) continue;
    const name = bindSegment(own, segment);
    if (name === null) return null;
    bound.push(name);
  }
  const rest = wanted.slice(given.length);
  return { rest: rest.length === 0 ? "" : `/${rest.join("/")}`, bound };
}

/** A path as a server and what is below it; the last segment of the endpoint moves over where nothing is below. */
function split(
  endpointUrl: string,
  publicPath: string,
  rest: string,
): { readonly server: string; readonly path: string } {
  const server = endpointUrl.replace(/\/+$/, "");
  if (rest.startsWith("/")) return { server, path: rest };
  const own = trimmed(publicPath);
  if (own === "") return { server, path: `/${rest}` };
  // Callers append the path to the server: with "/" they would send a slash that is not there.
  const cut = own.lastIndexOf("/");
  return { server: `${originOf(endpointUrl)}${own.slice(0, cut)}`, path: `${own.slice(cut)}${rest}` };
}

/**
 * Where a consumer finds what the workload knows as `asked` (SERVING §3.6); null where the route does not lead there. A
 * template is reached where an instance of it is: its parameter is then fixed by the route.
 */
export function toPublicPlace(asked: string, endpointUrl: string, mapping: PathMapping): PublicPlace | null {
  const { match, publicPath, backendPath } = mapping;
  switch (match) {
    case "exact": {
      const covered = coverSegments(asked, backendPath, true);
      return covered === null ? null : { server: originOf(endpointUrl), path: publicPath, bound: covered.bound };
    }
    case "prefix": {
      const covered = coverSegments(asked, trimmed(backendPath), false);
      return covered === null ? null : { ...split(endpointUrl, publicPath, covered.rest), bound: covered.bound };
    }
    case "text-prefix": {
      const from = backendPath === "/" ? "" : backendPath;
      if (!asked.startsWith(from)) return null;
      const whole = `${publicPath === "/" ? "" : publicPath}${asked.slice(from.length)}`;
      return { ...split(endpointUrl, publicPath, whole.slice(trimmed(publicPath).length)), bound: [] };
    }
  }
}

/** True where every call of an operation at this place is answered elsewhere, by a narrower match of the same host. */
export function isTakenAway(place: PublicPlace, exceptions: readonly PathException[], method: string): boolean {
  if (exceptions.length === 0) return false;
  const whole = `${place.server.slice(originOf(place.server).length)}${place.path}`;
  return exceptions.some(({ match, path, methods }) => {
    if (methods?.some((own) => own.toUpperCase() === method) === false) return false;
    switch (match) {
      case "exact":
        return whole === path;
      case "prefix":
        return whole === trimmed(path) || whole.startsWith(`${trimmed(path)}/`);
      case "text-prefix":
        return whole.startsWith(path);
    }
  });
}

/**
 * What the workload is asked for. Its base path is part of that, unless the route takes that very prefix away on the way in
 * (FastAPI's `root_path` behind a gateway that strips it).
 */
export function askedPath(basePath: string, path: string, { publicPath, backendPath }: PathMapping): string {
  if (basePath === "") return path;
  const inside = trimmed(backendPath);
  const isStripped = trimmed(publicPath).endsWith(`${basePath}${inside}`) && !`${inside}/`.startsWith(`${basePath}/`);
  return isStripped ? path : `${basePath}${path}`;
}
