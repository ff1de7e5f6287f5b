import type { Json } from "../model/index.ts";
import { appendPointer } from "../spec/index.ts";
import type { Place, SchemaNode, SchemaReader } from "../spec/index.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { fixedFinding } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import type { PairNode, SchemaPlace } from "./finding.ts";
import type { PairContext } from "./pair-work.ts";
import type { FixedEdit } from "./rules.ts";

/** The pair of one operation: its own findings and, below, those of its schemas. */
export type OperationWork = {
  readonly comparison: Comparison;
  readonly pair: PairNode;
  /** True for webhooks and callbacks: the server sends the request, so both directions change places. */
  readonly inverted: boolean;
  readonly report: (edit: FixedEdit, direction: "request" | "response" | "none", details: OperationDetails) => void;
};

export type OperationDetails = {
  readonly subject: string;
  readonly before?: Place | null;
  readonly after?: Place | null;
  readonly from?: Json;
  readonly to?: Json;
};

const mirrored: Readonly<Record<SchemaPlace, SchemaPlace>> = {
  "request-body": "response-body",
  "request-property": "response-property",
  "request-parameter": "response-header",
  "response-body": "request-body",
  "response-property": "request-property",
  "response-header": "request-parameter",
};

/** Creates what the comparators of one operation share. */
export function createOperationWork(comparison: Comparison, pair: PairNode, inverted: boolean): OperationWork {
  return {
    comparison,
    pair,
    inverted,
    report(edit, direction, { subject, before, after, from, to }) {
      const finding = fixedFinding(edit, direction, {
        subject,
        pointerBefore: before?.pointer ?? null,
        pointerAfter: after?.pointer ?? null,
        before: from ?? null,
        after: to ?? null,
      });
      if (!inverted || direction === "none") {
        pair.findings.push(finding);
        return;
      }
      // The rules are written for calls of the consumer. In a call of the server the sides change places, and what a rule calls
      // safe or breaking is neither for sure.
      pair.findings.push({
        ...finding,
        direction: direction === "request" ? "response" : "request",
        level: finding.level === "info" ? "info" : "risky",
      });
    },
  };
}

function nodeOf(reader: SchemaReader, place: Place, key: string): SchemaNode {
  return reader.node(place.value[key], appendPointer(place.pointer, key));
}

export type SchemaSpot = PairContext;

/** Compares the schemas at one place of an operation. */
export function compareSchemaAt(
  work: OperationWork,
  before: Place,
  after: Place,
  spot: SchemaSpot,
  key = "schema",
): void {
  const { comparison } = work;
  const child = compareSchemas(
    comparison,
    nodeOf(comparison.base, before, key),
    nodeOf(comparison.revision, after, key),
    { ...spot, place: work.inverted ? mirrored[spot.place] : spot.place },
  );
  if (child !== null) work.pair.children.add(child);
}
