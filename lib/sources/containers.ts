import type { ContainerFact } from "./observation.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";

/** What accelerators are called as resources: by NVIDIA (parts of one too), AMD, Intel, AWS, Google, Habana. */
const accelerators =
  /^(nvidia\.com\/(gpu|mig-.+)|amd\.com\/gpu|gpu\.intel\.com\/(i915|xe)|habana\.ai\/gaudi|aws\.amazon\.com\/neuron(core)?|google\.com\/tpu)$/;

/** GPUs of any maker that a container asks for. */
export function gpusOf(resources: unknown): string | null {
  const { limits, requests } = fieldsOf(resources);
  const wanted = { ...fieldsOf(requests), ...fieldsOf(limits) };
  const name = Object.keys(wanted).find((key) => accelerators.test(key));
  if (name === undefined) return null;
  const value = textOf(wanted[name]) ?? String(numberOf(wanted[name]) ?? "");
  return value === "" || value === "0" ? null : `${value} (${name})`;
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
