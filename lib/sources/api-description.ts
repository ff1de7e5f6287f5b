import type { KindRef } from "../kube/index.ts";
import type { ApiDescriptionObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gatebook.dev",
  kind: "ApiDescription",
  plural: "apidescriptions",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** As much as an object of etcd can hold; the limit of descriptions is checked where they are read. */
const inlineCharactersMax = 1_048_576;

function placeOf(description: Fields): ApiDescriptionObservation["description"] {
  const inline = description["inline"];
  if (typeof inline === "string" && inline !== "" && inline.length <= inlineCharactersMax)
    return { kind: "inline", text: inline };
  const configMap = fieldsOf(description["configMap"]);
  const name = textOf(configMap["name"]);
  if (name !== null) return { kind: "config-map", name, key: textOf(configMap["key"]) ?? "openapi.yaml" };
  const url = textOf(description["url"]);
  if (url !== null) return { kind: "url", url };
  const path = textOf(description["path"]);
  return path === null ? null : { kind: "path", path, port: portNumberOf(description["port"]) };
}

/**
 * @source api-description
 * @kind gatebook.dev/v1alpha1 ApiDescription
 */
export const apiDescriptionSource: Source<ApiDescriptionObservation> = {
  kind,
  reads: "targetRefs, title, owner, visibility, tags, server, publicUrl, description; its own status",
  limits: "16 targets, those of other namespaces where a ReferenceGrant allows it; an inline description of 1 MiB",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    return {
      ...observedOf(kind, object),
      generation: object.metadata.generation ?? null,
      targets: listOf(spec["targetRefs"], 16).flatMap((raw) => {
        const target = fieldsOf(raw);
        const name = textOf(target["name"]);
        const targetKind = textOf(target["kind"]);
        return name === null || targetKind === null
          ? []
          : [
              {
                group: textOf(target["group"]) ?? "",
                kind: targetKind,
                namespace: textOf(target["namespace"]) ?? namespace,
                name,
                line: textOf(target["line"]),
              },
            ];
      }),
      title: textOf(spec["title"]),
      owner: textOf(spec["owner"]),
      visibility: textOf(spec["visibility"]),
      tags: textsOf(spec["tags"], 20),
      server: textOf(spec["server"]),
      publicUrl: textOf(spec["publicUrl"]),
      description: placeOf(fieldsOf(spec["description"])),
      status: object["status"] ?? null,
    };
  },
};
