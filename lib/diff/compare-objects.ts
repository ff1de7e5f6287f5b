import { fixedFinding, schemaFinding } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import type { PairContext, PairWork } from "./compare-schemas.ts";
import type { SchemaPlace } from "./finding.ts";
import { flattenSchema } from "./flatten-schema.ts";
import type { FlatSchema, SchemaNode, Side } from "./flatten-schema.ts";

type Property = { readonly node: SchemaNode; readonly required: boolean; readonly hidden: boolean };

/** The properties that matter in this direction: what is read-only is not sent, what is write-only does not come back. */
function propertiesOf(side: Side, schema: FlatSchema, isRequest: boolean): ReadonlyMap<string, Property> {
  const result = new Map<string, Property>();
  for (const [name, node] of schema.properties) {
    const flags = flattenFlags(side, node);
    result.set(name, {
      node,
      required: schema.required.has(name),
      hidden: isRequest ? flags.readOnly : flags.writeOnly,
    });
  }
  return result;
}

function flattenFlags(side: Side, node: SchemaNode): { readonly readOnly: boolean; readonly writeOnly: boolean } {
  const flat = flattenSchema(side, node);
  return { readOnly: flat.readOnly, writeOnly: flat.writeOnly };
}

function contextOf(parent: PairContext, name: string): PairContext {
  const place: SchemaPlace =
    parent.place === "request-body"
      ? "request-property"
      : parent.place === "response-body"
        ? "response-property"
        : parent.place;
  const path = parent.name === "" ? name : `${parent.name}.${name}`;
  return { place, name: path, subject: `\`${path}\`` };
}

/** Removed and added with the same schema, and only one candidate each: the same property under another name. */
function findRenames(
  comparison: Comparison,
  removed: ReadonlyMap<string, Property>,
  added: ReadonlyMap<string, Property>,
): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const [oldName, old] of removed) {
    const digest = comparison.base.hasher.hash(old.node.schema);
    const same = [...added].filter(
      ([, candidate]) => comparison.revision.hasher.hash(candidate.node.schema) === digest,
    );
    const rivals = [...removed.values()].filter((other) => comparison.base.hasher.hash(other.node.schema) === digest);
    const [only] = same;
    if (same.length === 1 && rivals.length === 1 && only !== undefined && old.required === only[1].required)
      renames.set(oldName, only[0]);
  }
  return renames;
}

function compareAdditional(work: PairWork): void {
  const { before, after, context, report, descend } = work;
  if (before.additional === null && after.additional === null) return;
  const closedBefore = before.additional?.schema === false;
  const closedAfter = after.additional?.schema === false;
  if (closedBefore && closedAfter) return;
  if (after.additional !== null && (before.additional === null || closedAfter))
    report("additional-properties-closed", closedBefore ? false : true, closedAfter ? false : "a schema");
  else if (before.additional !== null && (after.additional === null || closedBefore))
    report("additional-properties-opened", closedBefore ? false : "a schema", true);
  else if (before.additional !== null && after.additional !== null)
    descend(before.additional, after.additional, contextOf(context, "*"));
}

/** Reports properties that came, went, were renamed or changed their need, and compares those that stayed. */
export function compareObjects(work: PairWork): void {
  const { comparison, before, after, context, add, descend } = work;
  const isRequest = context.place.startsWith("request");
  const left = propertiesOf(comparison.base, before, isRequest);
  const right = propertiesOf(comparison.revision, after, isRequest);
  const removed = new Map(
    [...left].filter(([name, property]) => !property.hidden && (right.get(name)?.hidden ?? true)),
  );
  const added = new Map([...right].filter(([name, property]) => !property.hidden && (left.get(name)?.hidden ?? true)));
  const gone = new Map([...removed].filter(([name]) => !right.has(name)));
  const fresh = new Map([...added].filter(([name]) => !left.has(name)));
  const renames = findRenames(comparison, gone, fresh);
  const renamedTo = new Set(renames.values());
  const direction = isRequest ? "request" : "response";

  for (const [name, old] of removed) {
    const child = contextOf(context, name);
    const pointers = {
      subject: child.subject,
      pointerBefore: old.node.pointer,
      pointerAfter: right.get(name)?.node.pointer ?? after.pointer,
      before: name,
    };
    const renamed = renames.get(name);
    if (renamed !== undefined) {
      add(
        schemaFinding(child.place, old.required ? "required-property-renamed" : "property-renamed", {
          ...pointers,
          after: renamed,
          pointerAfter: fresh.get(renamed)?.node.pointer ?? after.pointer,
          proof: "rule",
        }),
      );
    } else if (right.has(name)) {
      if (isRequest) add(fixedFinding("request-property-became-read-only", direction, pointers));
      else
        add(
          fixedFinding(
            old.required
              ? "response-required-property-became-write-only"
              : "response-optional-property-became-write-only",
            direction,
            pointers,
          ),
        );
    } else if (isRequest) {
      add(
        fixedFinding(
          after.additional?.schema === false
            ? "request-property-removed-from-closed-object"
            : "request-property-removed",
          direction,
          pointers,
        ),
      );
    } else {
      add(
        fixedFinding(
          old.required ? "response-required-property-removed" : "response-optional-property-removed",
          direction,
          pointers,
        ),
      );
    }
  }
  for (const [name, property] of added) {
    if (renamedTo.has(name)) continue;
    const details = {
      subject: contextOf(context, name).subject,
      pointerBefore: before.pointer,
      pointerAfter: property.node.pointer,
      after: name,
    };
    if (isRequest)
      add(
        fixedFinding(
          property.required ? "new-required-request-property" : "new-optional-request-property",
          direction,
          details,
        ),
      );
    else
      add(
        fixedFinding(
          property.required ? "response-required-property-added" : "response-optional-property-added",
          direction,
          details,
        ),
      );
  }
  for (const [name, old] of left) {
    const now = right.get(name);
    if (now === undefined || old.hidden || now.hidden) continue;
    const child = contextOf(context, name);
    if (old.required !== now.required) {
      add(
        schemaFinding(child.place, now.required ? "became-required" : "became-optional", {
          subject: child.subject,
          pointerBefore: old.node.pointer,
          pointerAfter: now.node.pointer,
          before: old.required,
          after: now.required,
        }),
      );
    }
    descend(old.node, now.node, child);
  }
  compareUndeclared(work);
  compareAdditional(work);
}

/** `required` may name properties that nothing declares. */
function compareUndeclared({ before, after, context, add }: PairWork): void {
  const names = new Set(
    [...before.required, ...after.required].filter(
      (name) => !before.properties.has(name) && !after.properties.has(name),
    ),
  );
  for (const name of [...names].sort()) {
    const was = before.required.has(name);
    if (was === after.required.has(name)) continue;
    const child = contextOf(context, name);
    add(
      schemaFinding(child.place, was ? "became-optional" : "became-required", {
        subject: child.subject,
        pointerBefore: before.pointer,
        pointerAfter: after.pointer,
        before: was,
        after: !was,
      }),
    );
  }
}
