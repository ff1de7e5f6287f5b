import type { OwnUrl } from "./observation.ts";
import { fieldsOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { isClusterUrl, ownUrl } from "./resource-parts.ts";

/** The domain that KServe ships with (SERVING §2): whoever left it never configured one. */
export function isFiction(host: string): boolean {
  return host === "example.com" || host.endsWith(".example.com");
}

export const fictionProblem = "KServe's ingress domain was never configured (example.com): this address is fiction.";

/** KServe's own address for a model; a path in it (its `pathTemplate`) is taken away on the way in. */
export function kserveUrl(url: string | null): readonly OwnUrl[] {
  if (url === null || isClusterUrl(url)) return [];
  return ownUrl(url).map((own) => ({
    ...own,
    backendPath: "/",
    problem: isFiction(new URL(own.url).hostname) ? fictionProblem : null,
  }));
}

/** Hosts of an InferenceService's components, which are not the address of the whole. */
export function componentHostsOf(status: Fields, url: string | null): readonly string[] {
  const own = url !== null && URL.canParse(url) ? new URL(url).hostname : null;
  return Object.values(fieldsOf(status["components"]))
    .slice(0, 8)
    .flatMap((component) => {
      const address = textOf(fieldsOf(component)["url"]);
      return address !== null && URL.canParse(address) ? [new URL(address).hostname] : [];
    })
    .filter((host) => host !== own);
}
