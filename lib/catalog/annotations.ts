import type { DeclaredPlace, Visibility } from "../model/index.ts";

type Annotations = Readonly<Record<string, string>>;

const prefix = "gatebook.dev/";
/** Longer ones are no place that anybody meant: they stand as an empty one, which is told to be none. */
const placeMax = 2_000;

export function annotation(annotations: Annotations, name: string): string | undefined {
  const value = annotations[`${prefix}${name}`]?.trim();
  return value === "" ? undefined : value;
}

export function hasAnnotation(annotations: Annotations): boolean {
  return Object.keys(annotations).some((name) => name.startsWith(prefix));
}

/** The annotations of several objects of one API; of two that say the same thing the first wins. */
export function mergeAnnotations(all: readonly Annotations[]): Annotations {
  return Object.assign({}, ...[...all].reverse()) as Annotations;
}

function names(text: string, max = 20): readonly string[] {
  return [...new Set(text.split(",").map((part) => part.trim()))]
    .filter((part) => part !== "" && part.length <= 100)
    .slice(0, max);
}

export function tagsOf(annotations: Annotations): readonly string[] {
  return names(annotation(annotations, "tags") ?? "");
}

export function shortText(annotations: Annotations, name: string): string | null {
  const value = annotation(annotations, name);
  if (value === undefined) return null;
  // One line: control characters have no place in a title.
  return value.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200);
}

/** The narrower of two audiences; of two that have nobody in common only admins are left. */
export function narrower(left: Visibility, right: Visibility): Visibility {
  if (left.kind === "groups" && right.kind === "groups")
    return { kind: "groups", groups: left.groups.filter((group) => right.groups.includes(group)) };
  if (left.kind === "groups") return left;
  if (right.kind === "groups") return right;
  return left.kind === "signed-in" ? left : right;
}

type Said = { readonly visibility: Visibility | null; readonly warning: string | null };

/** What one object says of who may see it: "public", "signed-in" or "group:a,b"; public only where an admin allows its namespace. */
function saidBy(annotations: Annotations, mayBePublic: boolean): Said {
  const said = annotation(annotations, "visibility");
  if (said === undefined) return { visibility: null, warning: null };
  if (said === "signed-in") return { visibility: { kind: "signed-in" }, warning: null };
  if (said === "public") {
    if (mayBePublic) return { visibility: { kind: "public" }, warning: null };
    return {
      visibility: { kind: "signed-in" },
      warning:
        "It asks to be public, which an admin has not allowed for this namespace (GATEBOOK_PUBLIC_NAMESPACES); people who are signed in see it.",
    };
  }
  const groups = /^groups?:(.*)$/s.exec(said)?.[1];
  if (groups !== undefined && names(groups).length > 0)
    return { visibility: { kind: "groups", groups: names(groups) }, warning: null };
  // Whoever wrote this wanted to narrow it: nobody but admins until it is mended.
  return {
    visibility: { kind: "groups", groups: [] },
    warning: `Its visibility says \`${said.slice(0, 100)}\`; write public, signed-in or group:NAME,NAME. Until then only admins see it.`,
  };
}

/** Who may see an API of several objects: each may narrow it, none can widen what another one narrows (DESIGN §4). */
export function visibilityOf(
  holders: readonly { readonly annotations: Annotations; readonly namespace: string }[],
  publicNamespaces: readonly string[],
): { readonly visibility: Visibility; readonly warnings: readonly string[] } {
  let visibility: Visibility | null = null;
  const warnings: string[] = [];
  for (const { annotations, namespace } of holders) {
    const said = saidBy(annotations, publicNamespaces.includes("*") || publicNamespaces.includes(namespace));
    if (said.warning !== null) warnings.push(said.warning);
    if (said.visibility !== null)
      visibility = visibility === null ? said.visibility : narrower(visibility, said.visibility);
  }
  return { visibility: visibility ?? { kind: "signed-in" }, warnings: [...new Set(warnings)] };
}

/** Where callers reach it from outside, as its owner says; null where nothing is said, or nothing that is an address. */
export function publicUrlOf(annotations: Annotations): { readonly url: URL | null; readonly warning: string | null } {
  const said = annotation(annotations, "public-url");
  if (said === undefined) return { url: null, warning: null };
  const url = URL.canParse(said) ? new URL(said) : null;
  const isAddress =
    url !== null &&
    (url.protocol === "http:" || url.protocol === "https:") &&
    url.username === "" &&
    url.password === "" &&
    said.length <= placeMax &&
    !url.hostname.includes("*");
  return isAddress
    ? { url, warning: null }
    : {
        url: null,
        warning: `gatebook.dev/public-url says \`${said.slice(0, 100)}\`, which is no http or https URL; it is not used.`,
      };
}

function portOf(annotations: Annotations): number | null {
  const port = Number(annotation(annotations, "openapi-port"));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

/** Words of an ApiDescription that no annotation can forge: each has a space in its name. */
export const apiNamespaceWord = "api namespace";
export const lineWord = "api line";

/** Where an inline description stands among the words of an object: no annotation can have this name, as it holds a space. */
export const inlineWord = "inline description";
export const inlinePlaceWord = "inline place";

function placeIn(text: string): string {
  return text.length > placeMax ? "" : text;
}

/** Where the owner says that the description is; ConfigMap, then URL, then path. A ConfigMap is one of the same namespace. */
export function declaredPlaceOf(annotations: Annotations, namespace: string): DeclaredPlace | null {
  const inline = annotations[inlineWord];
  if (inline !== undefined) return { kind: "inline", place: annotations[inlinePlaceWord] ?? "", text: inline };
  const configMap = annotation(annotations, "openapi-configmap");
  if (configMap !== undefined) {
    const [name = "", key = "openapi.yaml"] = placeIn(configMap).split("/");
    return { kind: "config-map", namespace, name, key };
  }
  const url = annotation(annotations, "openapi-url");
  if (url !== undefined) return { kind: "url", url: placeIn(url) };
  const said = annotation(annotations, "openapi-path");
  if (said === undefined) return null;
  const path = placeIn(said);
  return { kind: "path", path: path === "" || path.startsWith("/") ? path : `/${path}`, port: portOf(annotations) };
}

/** The port that the owner says the description is on; null where it is the Service's own. */
export { portOf as declaredPort };
