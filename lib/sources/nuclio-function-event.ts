import type { KindRef } from "../kube/index.ts";
import type { FunctionEventObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "nuclio.io",
  kind: "NuclioFunctionEvent",
  plural: "nucliofunctionevents",
  versions: ["v1beta1"],
  namespaced: true,
};

/**
 * @source nuclio-function-event
 * @kind nuclio.io/v1beta1 NuclioFunctionEvent
 */
export const nuclioFunctionEventSource: Source<FunctionEventObservation> = {
  kind,
  reads: "displayName, triggerKind, body, attributes",
  limits: "ready-made requests of a function, shown as examples; never an API by itself",
  observe(object) {
    const functionName = textOf(object.metadata.labels["nuclio.io/function-name"]);
    return functionName === null
      ? null
      : { ...observedOf(kind, object), functionName, event: fieldsOf(object["spec"]) };
  },
};
