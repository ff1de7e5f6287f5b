import { sha256Hex } from "../base/index.ts";
import type { Change, ChangeLevel, ChangeUse, Description } from "../model/index.ts";
import {
  canonicalJson,
  schemaReaderOf,
  operationContract,
  readBasePaths,
  readOperations,
  textOf,
} from "../spec/index.ts";
import type { OperationForm } from "../spec/index.ts";
import { compareOperations } from "./compare-operations.ts";
import { emptyPair, fixedFinding, proofStepsMax } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import { explainPairs } from "./explain-pairs.ts";
import type { Finding, PairNode } from "./finding.ts";
import { adviceFor, messageFor } from "./messages/en.ts";

/** Raises when the engine judges the same pair otherwise; stored with its findings. */
export const engineVersion = 2;

export type CompareOptions = {
  /** What sunset dates are judged by; without it a removal before a date that is not known to have passed counts as too early. */
  readonly now?: Date;
};

type Found = { readonly finding: Finding; readonly uses: Map<string, ChangeUse>; operation: OperationForm | null };

/** Hands every finding below an operation that operation as a use; a shared component is visited once for each. */
function attribute(found: Map<Finding, Found>, pair: PairNode, operation: OperationForm): void {
  const seen = new Set<PairNode>();
  const waiting = [pair];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const finding of node.findings) {
      const entry = found.get(finding) ?? { finding, uses: new Map<string, ChangeUse>(), operation };
      entry.uses.set(`${operation.method} ${operation.path} ${finding.direction}`, {
        method: operation.method,
        path: operation.path,
        direction: finding.direction,
      });
      found.set(finding, entry);
    }
    waiting.push(...node.children);
  }
}

function removalOf(comparison: Comparison, operation: OperationForm, pathStays: boolean, hint: string | null): Finding {
  const details = {
    subject: `${operation.method.toUpperCase()} ${operation.path}`,
    pointerBefore: operation.pointer,
    before: `${operation.method.toUpperCase()} ${operation.path}`,
    after: hint,
  };
  if (operation.value["deprecated"] !== true)
    return fixedFinding(
      pathStays ? "api-removed-without-deprecation" : "api-path-removed-without-deprecation",
      "none",
      details,
    );
  const sunset = textOf(operation.value["x-sunset"]);
  if (sunset === null) return fixedFinding("api-deprecated-removed-without-sunset", "none", details);
  const passed = comparison.now !== null && Date.parse(sunset) <= comparison.now.getTime();
  return fixedFinding(passed ? "api-removed-with-deprecation" : "api-removed-before-sunset", "none", details);
}

/** What is found of one operation, until its schemas are compared too. */
type Hanging = { readonly pair: PairNode; readonly operation: OperationForm };

function differ(comparison: Comparison, before: OperationForm, after: OperationForm): boolean {
  return (
    canonicalJson(operationContract(comparison.base, before)) !==
    canonicalJson(operationContract(comparison.revision, after))
  );
}

function comparePair(comparison: Comparison, before: OperationForm, after: OperationForm, isWebhook: boolean): Hanging {
  const pair = compareOperations(comparison, before, after, isWebhook);
  pair.unknown = fixedFinding("operation-changed-unknown", "none", {
    subject: `${after.method.toUpperCase()} ${after.path}`,
    pointerBefore: before.pointer,
    pointerAfter: after.pointer,
    proof: "unknown",
  });
  return { pair, operation: after };
}

function single(finding: Finding, operation: OperationForm): Hanging {
  const pair = emptyPair();
  pair.findings.push(finding);
  return { pair, operation };
}

function compareAll(comparison: Comparison, key: "paths" | "webhooks"): readonly Hanging[] {
  const left = readOperations(comparison.base.document, key);
  const right = readOperations(comparison.revision.document, key);
  const isWebhook = key === "webhooks";
  const subjectOf = (operation: OperationForm): string =>
    isWebhook ? `the webhook \`${operation.path}\`` : `${operation.method.toUpperCase()} ${operation.path}`;
  const shapes = new Set([...right.values()].map((operation) => operation.shape));
  const byOperationId = new Map([...right.values()].map((operation) => [operation.value["operationId"], operation]));
  const hanging: Hanging[] = [];
  for (const [id, before] of left) {
    const after = right.get(id);
    if (after !== undefined) {
      if (differ(comparison, before, after)) hanging.push(comparePair(comparison, before, after, isWebhook));
      continue;
    }
    if (isWebhook) {
      const details = { subject: subjectOf(before), pointerBefore: before.pointer };
      hanging.push(single(fixedFinding("webhook-removed", "none", details), before));
      continue;
    }
    const operationId = textOf(before.value["operationId"]);
    const renamed = operationId === null ? undefined : byOperationId.get(operationId);
    const hint = renamed === undefined ? null : `${renamed.method.toUpperCase()} ${renamed.path}`;
    hanging.push(single(removalOf(comparison, before, shapes.has(before.shape), hint), before));
  }
  for (const [id, after] of right) {
    if (left.has(id)) continue;
    const details = { subject: subjectOf(after), pointerAfter: after.pointer };
    hanging.push(single(fixedFinding(isWebhook ? "webhook-added" : "endpoint-added", "none", details), after));
  }
  return hanging;
}

/** Base paths are part of the contract; hosts are facts of endpoints (DESIGN §6). */
function compareServers(comparison: Comparison): Finding | null {
  const left = readBasePaths(comparison.base.document["servers"]);
  const right = readBasePaths(comparison.revision.document["servers"]);
  if (canonicalJson([...left]) === canonicalJson([...right])) return null;
  const edit = left.every((path) => right.includes(path)) ? "base-path-added" : "base-path-changed";
  return fixedFinding(edit, "none", {
    subject: "the base path",
    pointerBefore: "/servers",
    pointerAfter: "/servers",
    before: [...left],
    after: [...right],
  });
}

function toChange({ finding, uses, operation }: Found): Change {
  const usedBy = [...uses.values()].sort((one, two) =>
    `${one.path} ${one.method}` < `${two.path} ${two.method}` ? -1 : 1,
  );
  const own = usedBy.length === 1 && operation !== null ? operation : null;
  return {
    id: finding.id,
    level: finding.level,
    direction: finding.direction,
    method: own?.method ?? null,
    path: own?.path ?? null,
    pointerBefore: finding.pointerBefore,
    pointerAfter: finding.pointerAfter,
    before: finding.before,
    after: finding.after,
    message: messageFor(finding),
    advice: adviceFor(finding),
    proof: finding.proof,
    ...(finding.witness === undefined ? {} : { witness: finding.witness }),
    fingerprint: sha256Hex(
      canonicalJson([
        finding.id,
        finding.direction,
        finding.subject,
        finding.before,
        finding.after,
        own === null ? (finding.pointerBefore ?? finding.pointerAfter) : `${own.method} ${own.shape}`,
      ]),
    ).slice(0, 32),
    usedBy,
  };
}

const rank: Readonly<Record<ChangeLevel, number>> = { breaking: 0, risky: 1, safe: 2, info: 3 };

/**
 * Every change from `base` to `revision`, worst first, then by place: the same pair always gives the same list. Nothing is
 * missed in silence: what the engine cannot judge is `risky` with proof "unknown". Work is bounded by the documents' size and
 * by a budget of pairs.
 */
export function compareDescriptions(
  base: Description,
  revision: Description,
  options: CompareOptions = {},
): readonly Change[] {
  if (base.contractDigest === revision.contractDigest) return [];
  const comparison: Comparison = {
    base: schemaReaderOf(base.document),
    revision: schemaReaderOf(revision.document),
    pairs: new Map(),
    waiting: [],
    proofs: { steps: proofStepsMax },
    now: options.now ?? null,
  };
  const hanging = [...compareAll(comparison, "paths"), ...compareAll(comparison, "webhooks")];
  for (let next = comparison.waiting.pop(); next !== undefined; next = comparison.waiting.pop()) next();
  explainPairs([...comparison.pairs.values(), ...hanging.map(({ pair }) => pair)]);
  const found = new Map<Finding, Found>();
  for (const { pair, operation } of hanging) attribute(found, pair, operation);
  const ofDocument = (finding: Finding): void => {
    found.set(finding, { finding, uses: new Map(), operation: null });
  };
  const servers = compareServers(comparison);
  if (servers !== null) ofDocument(servers);
  if (found.size === 0)
    ofDocument(fixedFinding("contract-changed-unknown", "none", { subject: "the contract", proof: "unknown" }));
  const byPrint = new Map<string, Change>();
  for (const change of [...found.values()].map(toChange)) {
    const key = `${change.fingerprint} ${change.method ?? ""} ${change.path ?? ""} ${change.pointerAfter ?? change.pointerBefore ?? ""}`;
    if (!byPrint.has(key)) byPrint.set(key, change);
  }
  const placeOf = (change: Change): string =>
    `${change.path ?? ""} ${change.method ?? ""} ${change.pointerAfter ?? change.pointerBefore ?? ""} ${change.id} ${change.fingerprint}`;
  return [...byPrint.values()].sort(
    (left, right) => rank[left.level] - rank[right.level] || (placeOf(left) < placeOf(right) ? -1 : 1),
  );
}
