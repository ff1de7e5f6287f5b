import type { KindRef } from "../kube/index.ts";
import type { BentoObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "resources.yatai.ai",
  kind: "Bento",
  plural: "bentoes",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source bento
 * @kind resources.yatai.ai/v1alpha1 Bento
 */
export const bentoSource: Source<BentoObservation> = {
  kind,
  reads: "tag, image, context.bentomlVersion, models",
  limits: "16 models. A fact about a BentoDeployment, never an API by itself.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const tag = textOf(spec["tag"]);
    return tag === null
      ? null
      : {
          ...observedOf(kind, object),
          tag,
          image: textOf(spec["image"]),
          bentomlVersion: textOf(fieldsOf(spec["context"])["bentomlVersion"]),
          models: listOf(spec["models"], 16).flatMap((raw) => textOf(fieldsOf(raw)["tag"]) ?? []),
        };
  },
};
