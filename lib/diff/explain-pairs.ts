import type { PairNode } from "./finding.ts";

/** These pairs and all below them: a callback's is known to its operation alone. */
function allBelow(pairs: readonly PairNode[]): readonly PairNode[] {
  const all = new Set(pairs);
  for (const pair of all) for (const child of pair.children) all.add(child);
  return [...all];
}

/** Which pairs have a finding of their own or below them. */
function findExplained(pairs: readonly PairNode[]): Set<PairNode> {
  const parents = new Map<PairNode, PairNode[]>();
  for (const pair of pairs) {
    for (const child of pair.children) {
      const known = parents.get(child);
      if (known === undefined) parents.set(child, [pair]);
      else known.push(pair);
    }
  }
  const explained = new Set(pairs.filter((pair) => pair.findings.length > 0));
  const waiting = [...explained];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    for (const parent of parents.get(pair) ?? []) {
      if (explained.has(parent)) continue;
      explained.add(parent);
      waiting.push(parent);
    }
  }
  return explained;
}

/**
 * Says of every pair that differs, and of which nothing was found, that its change is unknown: first where nothing lies below,
 * then of what remains, which are circles. Afterwards every pair that must differ has a finding of its own or below it.
 */
export function explainPairs(roots: readonly PairNode[]): void {
  const pairs = allBelow(roots);
  for (const onlyLeaves of [true, false]) {
    const explained = findExplained(pairs);
    for (const pair of pairs) {
      if (explained.has(pair) || pair.unknown === null) continue;
      if (!onlyLeaves || pair.children.size === 0) pair.findings.push(pair.unknown);
    }
  }
}
