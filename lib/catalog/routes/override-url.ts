import type { PathMapping } from "../../model/index.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import { trimmed } from "./exposure.ts";

/** What stands in front has a path of its own, unless the routes have the very same one already. */
function under(front: string, mapping: PathMapping): PathMapping {
  const own = trimmed(mapping.publicPath);
  if (front === "" || own === front || own.startsWith(`${front}/`)) return mapping;
  return {
    ...mapping,
    publicPath: `${front}${own}`,
    except: mapping.except.map((own) => ({ ...own, path: `${front}${own.path}` })),
  };
}

/**
 * An endpoint as `gatebook.dev/public-url` has it: scheme, host and port as they are from outside, and the path of whatever
 * stands in front. A host that was a pattern is one no longer. The address that the portal itself uses stays.
 */
export function overrideUrl(endpoint: FoundEndpoint, override: URL, keepsHost = false): FoundEndpoint {
  const outside = new URL(override);
  if (keepsHost && URL.canParse(endpoint.url)) outside.hostname = new URL(endpoint.url).hostname;
  const front = trimmed(override.pathname);
  const path = trimmed(endpoint.url.replace(/^[a-z]+:\/\/[^/]+/, ""));
  const whole = front === "" || path === front || path.startsWith(`${front}/`) ? path : `${front}${path}`;
  return {
    ...endpoint,
    url: `${outside.origin}${whole}`,
    paths: endpoint.paths.map((mapping) => under(front, mapping)),
    address:
      endpoint.address !== null && endpoint.isPattern && !keepsHost
        ? { ...endpoint.address, hostHeader: outside.hostname }
        : endpoint.address,
    isPattern: keepsHost && endpoint.isPattern,
    problem: endpoint.isPattern && !keepsHost ? null : endpoint.problem,
  };
}
