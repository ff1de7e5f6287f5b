import type { DeclaredPlace, Visibility } from "../model/index.ts";

type Annotations = Readonly<Record<string, string>>;

const prefix = "gatebook.dev/";

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

/** Who may see it: "public", "signed-in" or "group:a,b". Public only where an admin allows the namespace. */
export function visibilityOf(
  annotations: Annotations,
  mayBePublic: boolean,
): { readonly visibility: Visibility; readonly warning: string | null } {
  const said = annotation(annotations, "visibility");
  if (said === undefined || said === "signed-in") return { visibility: { kind: "signed-in" }, warning: null };
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

function portOf(annotations: Annotations): number | null {
  const port = Number(annotation(annotations, "openapi-port"));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

/** Where an inline description stands among the words of an object: no annotation can have this name, as it holds a space. */
export const inlineWord = "inline description";
export const inlinePlaceWord = "inline place";

/** Where the owner says that the description is; ConfigMap, then URL, then path. A ConfigMap is one of the same namespace. */
export function declaredPlaceOf(annotations: Annotations, namespace: string): DeclaredPlace | null {
  const inline = annotations[inlineWord];
  if (inline !== undefined) return { kind: "inline", place: annotations[inlinePlaceWord] ?? "", text: inline };
  const configMap = annotation(annotations, "openapi-configmap");
  if (configMap !== undefined) {
    const [name = "", key = "openapi.yaml"] = configMap.split("/");
    return { kind: "config-map", namespace, name, key };
  }
  const url = annotation(annotations, "openapi-url");
  if (url !== undefined) return { kind: "url", url };
  const path = annotation(annotations, "openapi-path");
  return path === undefined
    ? null
    : { kind: "path", path: path.startsWith("/") ? path : `/${path}`, port: portOf(annotations) };
}

/** The port that the owner says the description is on; null where it is the Service's own. */
export { portOf as declaredPort };
