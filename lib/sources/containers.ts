import type { ContainerFact } from "./observation.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";

/** GPUs of any maker that a container asks for. */
function gpusOf(resources: unknown): string | null {
  const limits = fieldsOf(fieldsOf(resources)["limits"]);
  const name = ["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915"].find((key) => limits[key] !== undefined);
  if (name === undefined) return null;
  const value = textOf(limits[name]) ?? String(numberOf(limits[name]) ?? "");
  return value === "" ? null : `${value} (${name})`;
}

/** Containers of a pod's spec as far as recognition needs them; at most 20, with 200 words and 200 variables each. */
export function containersOf(podSpec: unknown): readonly ContainerFact[] {
  return listOf(fieldsOf(podSpec)["containers"], 20).map((raw) => {
    const container = fieldsOf(raw);
    const environment = listOf(container["env"], 200).map((entry): [string, string] => {
      const variable = fieldsOf(entry);
      return [textOf(variable["name"]) ?? "", textOf(variable["value"]) ?? ""];
    });
    return {
      name: textOf(container["name"]) ?? "",
      image: textOf(container["image"]) ?? "",
      words: [...textsOf(container["command"], 200), ...textsOf(container["args"], 200)],
      environment: Object.fromEntries(environment.filter(([name]) => name !== "")),
      gpus: gpusOf(container["resources"]),
      ports: listOf(container["ports"], 50).map((entry) => {
        const port = fieldsOf(entry);
        return { name: textOf(port["name"]) ?? "", port: numberOf(port["containerPort"]) ?? 0 };
      }),
    };
  });
}
