import type { KindRef, KubeObject } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";

function targetsOf(value: unknown, nameOf: (target: Fields) => string | null): PooledModelObservation["targets"] {
  return listOf(value, 16).flatMap((raw) => {
    const target = fieldsOf(raw);
    const name = nameOf(target);
    return name === null ? [] : [{ name, weight: Math.max(0, numberOf(target["weight"]) ?? 1) }];
  });
}

/** What all objects that hang on a pool say alike. */
function pooled(ref: KindRef, object: KubeObject): PooledModelObservation {
  const spec = fieldsOf(object["spec"]);
  const pool = fieldsOf(spec["poolRef"]);
  const accepted = findCondition(
    conditionsOf(fieldsOf(object["status"])["conditions"], object.metadata.generation),
    "Accepted",
  );
  return {
    ...observedOf(ref, object),
    pool: textOf(pool["name"]) ?? "",
    poolGroup: textOf(pool["group"]),
    modelNames: [],
    targets: [],
    priority: numberOf(spec["priority"]),
    accepted: accepted?.status !== "False",
  };
}

/** A model of a pool, under the name that callers ask for (Inference Extension up to v0.5). */
export function observePooledModel(ref: KindRef, object: KubeObject): PooledModelObservation {
  const spec = fieldsOf(object["spec"]);
  const name = textOf(spec["modelName"]);
  return {
    ...pooled(ref, object),
    modelNames: name === null ? [] : [name],
    targets: targetsOf(spec["targetModels"], (target) => textOf(target["name"])),
  };
}

/** How urgent calls of a pool are; it names no model. */
export const observeObjective: (ref: KindRef, object: KubeObject) => PooledModelObservation = pooled;

/** Names that callers use and what a pool is asked for in their place. */
export function observeModelRewrite(ref: KindRef, object: KubeObject): PooledModelObservation {
  const rules = listOf(fieldsOf(object["spec"])["rules"], 32).map(fieldsOf);
  const names = rules.flatMap((rule) =>
    listOf(rule["matches"], 32).flatMap((match) => textOf(fieldsOf(fieldsOf(match)["model"])["value"]) ?? []),
  );
  return {
    ...pooled(ref, object),
    modelNames: [...new Set(names)],
    targets: rules.flatMap((rule) => targetsOf(rule["targets"], (target) => textOf(target["modelRewrite"]))),
  };
}
