import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../../model/index.ts";

const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });

/** Whether a value is valid, by a validator that shares nothing with the engine; null where it runs in circles. */
export function validatorOf(schema: Json, components: JsonObject): (value: Json) => boolean | null {
  const schemas = { ...(components["schemas"] as JsonObject), Root: schema };
  const inBounds = <Answer>(act: () => Answer): Answer | null => {
    try {
      return act();
    } catch (err) {
      // A reference that leads to itself without a step has no meaning that could be compared.
      if (err instanceof RangeError) return null;
      throw err;
    }
  };
  const validate = inBounds(() => ajv.compile({ $ref: "#/components/schemas/Root", components: { schemas } }));
  return (value) => (validate === null ? null : inBounds(() => validate(value)));
}
