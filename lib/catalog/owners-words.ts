import type { ObjectKey, Visibility } from "../model/index.ts";
import type { Observed } from "../sources/index.ts";
import {
  annotation,
  declaredPlaceOf,
  mergeAnnotations,
  publicUrlOf,
  shortText,
  tagsOf,
  visibilityOf,
} from "./annotations.ts";
import type { FoundEndpoint } from "./assemble-api.ts";
import { overrideUrl } from "./routes/override-url.ts";
import { serverNamed } from "./recognition/recognise-server.ts";
import { serverKinds } from "../model/index.ts";

/** What the owners of an API say of it, on its objects. */
export type Words = {
  readonly annotations: Readonly<Record<string, string>>;
  readonly title: string | null;
  readonly owner: string | null;
  readonly visibility: Visibility;
  readonly tags: readonly string[];
  readonly declared: ReturnType<typeof declaredPlaceOf>;
  readonly server: ReturnType<typeof serverNamed>;
  readonly mayWake: boolean;
  readonly publicUrl: URL | null;
  readonly warnings: readonly string[];
};

/**
 * Puts together what objects say of one API, the most telling first. `holders` are objects of its own namespaces alone: what
 * lies elsewhere may lead to it, and has no say. Routes speak of their own addresses, not of all of them.
 */
export function readWords(
  holders: readonly Observed[],
  routes: readonly Observed[],
  namespace: string,
  publicNamespaces: readonly string[],
): Words {
  const all = [...holders, ...routes];
  const annotations = mergeAnnotations(all.map((holder) => holder.annotations));
  const { visibility, warnings } = visibilityOf(all, publicNamespaces);
  const own = publicUrlOf(mergeAnnotations(holders.map((holder) => holder.annotations)));
  const named = annotation(annotations, "server");
  const server = serverNamed(named);
  const wrong = [
    ...routes.map((route) => publicUrlOf(route.annotations).warning),
    own.warning,
    named !== undefined && server === null
      ? `gatebook.dev/server says \`${named.slice(0, 100)}\`, which is none of ${serverKinds.join(", ")}; it is not used.`
      : null,
  ];
  return {
    annotations,
    title: shortText(annotations, "title"),
    owner: shortText(annotations, "owner"),
    visibility,
    tags: tagsOf(annotations),
    declared: declaredPlaceOf(annotations, namespace),
    server,
    mayWake: annotation(annotations, "allow-wake") === "true",
    publicUrl: own.url,
    warnings: [...new Set([...warnings, ...wrong.filter((text): text is string => text !== null)])],
  };
}

/** Endpoints as the owner says that callers know them; where nothing else leads there, the owner's word is the address. */
export function ownersEndpoints(
  endpoints: readonly FoundEndpoint[],
  { publicUrl }: Words,
  via: ObjectKey,
): readonly FoundEndpoint[] {
  if (publicUrl === null) return endpoints;
  if (endpoints.length > 0) return endpoints.map((endpoint) => overrideUrl(endpoint, publicUrl));
  const path = publicUrl.pathname.replace(/\/+$/, "");
  return [
    {
      url: `${publicUrl.origin}${path}`,
      reach: "public",
      paths: [
        {
          match: "prefix",
          publicPath: path === "" ? "/" : path,
          backendPath: "/",
          methods: null,
          headers: [],
          except: [],
        },
      ],
      requiredHeaders: [],
      address: null,
      via,
      isPattern: false,
      problem: null,
    },
  ];
}
