import { canonicalJson, linksOf, readHeaders } from "../spec/index.ts";
import type { OperationForm, Place } from "../spec/index.ts";
import { compareContent } from "./compare-content.ts";
import { compareSchemaAt } from "./operation-work.ts";
import type { OperationWork, SchemaSpot } from "./operation-work.ts";

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** A range or the default that stands for a status which is not named itself. */
function coverOf(responses: ReadonlyMap<string, Place>, status: string): [string, Place] | null {
  for (const cover of [`${status.charAt(0)}XX`, "DEFAULT"]) {
    const place = cover === status ? undefined : responses.get(cover);
    if (place !== undefined) return [cover, place];
  }
  return null;
}

function compareHeader(work: OperationWork, before: Place, after: Place, subject: string, name: string): void {
  const at = { subject, before, after };
  const spot: SchemaSpot = { place: "response-header", subject, name };
  const was = before.value["required"] === true;
  if (was !== (after.value["required"] === true))
    work.report(was ? "response-header-became-optional" : "response-header-became-required", "response", at);
  const wasDeprecated = before.value["deprecated"] === true;
  if (wasDeprecated !== (after.value["deprecated"] === true))
    work.report(wasDeprecated ? "response-header-reactivated" : "response-header-deprecated", "response", at);
  const hadContent = before.value["content"] !== undefined;
  if (
    hadContent !== (after.value["content"] !== undefined) ||
    (before.value["explode"] === true) !== (after.value["explode"] === true)
  )
    work.report("response-header-serialization-changed", "response", at);
  else if (hadContent) compareContent(work, before, after, spot);
  else compareSchemaAt(work, before, after, spot);
}

function compareHeaders(work: OperationWork, before: Place, after: Place, status: string): void {
  const left = readHeaders(work.comparison.base.document, before);
  const right = readHeaders(work.comparison.revision.document, after);
  for (const [name, header] of left) {
    const same = right.get(name);
    const subject = `the header \`${name}\` of ${status}`;
    if (same !== undefined) compareHeader(work, header, same, subject, name);
    else
      work.report(
        header.value["required"] === true ? "required-response-header-removed" : "optional-response-header-removed",
        "response",
        { subject, before: header, after },
      );
  }
  for (const [name, header] of right) {
    if (!left.has(name))
      work.report("response-header-added", "response", {
        subject: `the header \`${name}\` of ${status}`,
        before,
        after: header,
      });
  }
}

function compareResponse(work: OperationWork, before: Place, after: Place, status: string): void {
  const subject = `the answer ${status}`;
  const within = isSuccess(status) ? "" : ` of ${subject}`;
  compareContent(work, before, after, { place: "response-body", subject, name: "", within });
  compareHeaders(work, before, after, status);
  if (canonicalJson(linksOf(before)) !== canonicalJson(linksOf(after)))
    work.report("response-links-changed", "response", { subject, before, after });
}

/** Compares responses by status; a range or the default stands for what is not named. */
export function compareResponses(work: OperationWork, before: OperationForm, after: OperationForm): void {
  for (const [status, response] of before.responses) {
    const same = after.responses.get(status);
    if (same !== undefined) {
      compareResponse(work, response, same, status);
      continue;
    }
    const subject = `the answer ${status}`;
    const at = { subject, before: response, after, from: status };
    const cover = coverOf(after.responses, status);
    if (cover !== null) {
      work.report("response-status-covered", "response", { ...at, after: cover[1], to: cover[0] });
      compareResponse(work, response, cover[1], status);
    } else if (!isSuccess(status)) work.report("response-non-success-status-removed", "response", at);
    else if ([...after.responses.keys()].some(isSuccess))
      work.report("response-success-status-covered", "response", at);
    else work.report("response-success-status-removed", "response", at);
  }
  for (const [status, response] of after.responses) {
    if (before.responses.has(status)) continue;
    const subject = `the answer ${status}`;
    const cover = coverOf(before.responses, status);
    if (cover !== null) {
      work.report("response-status-covered", "response", { subject, before: cover[1], after: response, to: status });
      compareResponse(work, cover[1], response, status);
      continue;
    }
    work.report(isSuccess(status) ? "response-success-status-added" : "response-non-success-status-added", "response", {
      subject,
      before,
      after: response,
      to: status,
    });
  }
}
