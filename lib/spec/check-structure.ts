import type { DescriptionProblem, JsonObject } from "../model/index.ts";
import { pathShape, readOperations } from "./api-form.ts";
import type { OperationForm } from "./api-form.ts";
import { textOf } from "./json-value.ts";

/**
 * What a reader should know about a description that can be read: operations that share an id, or that have no answer, and
 * templates whose parameters nothing describes. At most `problemsMax` are listed.
 */
export function checkStructure(document: JsonObject, problemsMax = 50): readonly DescriptionProblem[] {
  const problems: DescriptionProblem[] = [];
  const ids = new Map<string, OperationForm>();
  for (const form of readOperations(document, "paths").values()) {
    const { pointer } = form;
    const id = textOf(form.value["operationId"]);
    const earlier = id === null ? undefined : ids.get(id);
    if (id !== null && earlier === undefined) ids.set(id, form);
    if (earlier !== undefined)
      problems.push({
        pointer: `${pointer}/operationId`,
        message: `\`${id ?? ""}\` is also the id of ${earlier.method.toUpperCase()} ${earlier.path}; generated clients need one each.`,
      });
    if (form.responses.size === 0) problems.push({ pointer, message: "No answer is described." });
    const { names } = pathShape(form.path);
    names.forEach((name, position) => {
      if (
        !form.parameters.some(({ key }) => key === `path {${String(names.indexOf(name))}}`) &&
        names.indexOf(name) === position
      )
        problems.push({ pointer, message: `The parameter \`${name}\` of the path is not described.` });
    });
    if (problems.length >= problemsMax) return problems.slice(0, problemsMax);
  }
  return problems;
}
