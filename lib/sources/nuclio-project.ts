import type { KindRef } from "../kube/index.ts";
import type { ProjectObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "nuclio.io",
  kind: "NuclioProject",
  plural: "nuclioprojects",
  versions: ["v1beta1"],
  namespaced: true,
};

/**
 * @source nuclio-project
 * @kind nuclio.io/v1beta1 NuclioProject
 */
export const nuclioProjectSource: Source<ProjectObservation> = {
  kind,
  reads: "spec.description",
  limits: "a fact about functions that carry its label, never an API by itself",
  observe: (object) => ({
    ...observedOf(kind, object),
    description: textOf(fieldsOf(object["spec"])["description"]),
  }),
};
