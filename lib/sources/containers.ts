import type { ContainerFact } from "./observation.ts";
import { fieldsOf, listOf, numberOf, portNumberOf, textOf } from "./read-fields.ts";

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

const wordLengthMax = 20_000;

/** Words keep their places: one that is a script may be long, and one that cannot be read is empty. */
function wordsOf(value: unknown): readonly string[] {
  return listOf(value, 200).map((word) => (typeof word === "string" && word.length <= wordLengthMax ? word : ""));
}

/** Containers of a pod's spec as far as recognition needs them; at most 20, with 400 words and 200 variables each. */
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
      words: [...wordsOf(container["command"]), ...wordsOf(container["args"])],
      environment: Object.fromEntries(environment.filter(([name]) => name !== "")),
      gpus: gpusOf(container["resources"]),
      ports: listOf(container["ports"], 50).map((entry) => {
        const port = fieldsOf(entry);
        return { name: textOf(port["name"]) ?? "", port: portNumberOf(port["containerPort"]) ?? 0 };
      }),
    };
  });
}
