import type { ChangeLevel } from "../model/index.ts";

export type RuleArea =
  | "type"
  | "values"
  | "bounds"
  | "text"
  | "objects"
  | "arrays"
  | "composition"
  | "paths"
  | "lifecycle"
  | "parameters"
  | "bodies"
  | "responses"
  | "security"
  | "servers"
  | "callbacks";

type SchemaRule = { readonly area: RuleArea; readonly request: ChangeLevel; readonly response: ChangeLevel };
type FixedRule = { readonly area: RuleArea; readonly level: ChangeLevel };

const narrows = { request: "breaking", response: "safe" } as const;
const widens = { request: "safe", response: "breaking" } as const;
const incomparable = { request: "breaking", response: "breaking" } as const;
const unclear = { request: "risky", response: "risky" } as const;

/**
 * Edits of a schema; the rule's id is the place and the edit: "request-property-type-changed" (DIFF §7). The level follows the
 * direction: what a request narrows breaks its senders, what a response widens breaks its readers (DIFF §6.3).
 */
export const schemaRules = {
  "type-changed": { area: "type", ...incomparable },
  "type-generalized": { area: "type", ...widens },
  "type-specialized": { area: "type", ...narrows },
  "became-nullable": { area: "type", ...widens },
  "became-not-nullable": { area: "type", ...narrows },
  "type-wire-equal": { area: "type", request: "safe", response: "safe" },
  "enum-value-removed": { area: "values", ...narrows },
  "enum-value-added": { area: "values", ...widens },
  "became-enum": { area: "values", ...narrows },
  "became-not-enum": { area: "values", ...widens },
  "enum-replaced": { area: "values", ...incomparable },
  "enum-opened": { area: "values", request: "safe", response: "risky" },
  "enum-closed": { area: "values", request: "risky", response: "safe" },
  "default-value-changed": { area: "values", request: "risky", response: "safe" },
  "default-value-added": { area: "values", request: "safe", response: "safe" },
  "default-value-removed": { area: "values", request: "risky", response: "safe" },
  "min-increased": { area: "bounds", ...narrows },
  "min-decreased": { area: "bounds", ...widens },
  "min-set": { area: "bounds", ...narrows },
  "min-unset": { area: "bounds", ...widens },
  "max-decreased": { area: "bounds", ...narrows },
  "max-increased": { area: "bounds", ...widens },
  "max-set": { area: "bounds", ...narrows },
  "max-unset": { area: "bounds", ...widens },
  "min-length-increased": { area: "bounds", ...narrows },
  "min-length-decreased": { area: "bounds", ...widens },
  "max-length-decreased": { area: "bounds", ...narrows },
  "max-length-increased": { area: "bounds", ...widens },
  "max-length-set": { area: "bounds", ...narrows },
  "max-length-unset": { area: "bounds", ...widens },
  "min-items-increased": { area: "bounds", ...narrows },
  "min-items-decreased": { area: "bounds", ...widens },
  "max-items-decreased": { area: "bounds", ...narrows },
  "max-items-increased": { area: "bounds", ...widens },
  "max-items-set": { area: "bounds", ...narrows },
  "max-items-unset": { area: "bounds", ...widens },
  "min-properties-increased": { area: "bounds", ...narrows },
  "min-properties-decreased": { area: "bounds", ...widens },
  "max-properties-decreased": { area: "bounds", ...narrows },
  "max-properties-increased": { area: "bounds", ...widens },
  "max-properties-set": { area: "bounds", ...narrows },
  "max-properties-unset": { area: "bounds", ...widens },
  "multiple-of-set": { area: "bounds", ...narrows },
  "multiple-of-unset": { area: "bounds", ...widens },
  "multiple-of-changed": { area: "bounds", ...incomparable },
  "multiple-of-generalized": { area: "bounds", ...widens },
  "multiple-of-specialized": { area: "bounds", ...narrows },
  "unique-items-set": { area: "arrays", ...narrows },
  "unique-items-unset": { area: "arrays", ...widens },
  "pattern-added": { area: "text", ...narrows },
  "pattern-removed": { area: "text", ...widens },
  "pattern-generalized": { area: "text", ...widens },
  "pattern-specialized": { area: "text", ...narrows },
  "pattern-changed": { area: "text", ...incomparable },
  "format-added": { area: "text", request: "risky", response: "safe" },
  "format-removed": { area: "text", request: "safe", response: "risky" },
  "format-narrowed": { area: "text", ...narrows },
  "format-widened": { area: "text", ...widens },
  "format-changed": { area: "text", ...unclear },
  "content-encoding-changed": { area: "text", ...incomparable },
  "content-media-type-changed": { area: "text", ...incomparable },
  "became-required": { area: "objects", ...narrows },
  "became-optional": { area: "objects", ...widens },
  "property-renamed": { area: "objects", ...unclear },
  "required-property-renamed": { area: "objects", ...incomparable },
  "additional-properties-closed": { area: "objects", ...narrows },
  "additional-properties-opened": { area: "objects", ...widens },
  "pattern-property-added": { area: "objects", ...narrows },
  "pattern-property-removed": { area: "objects", ...widens },
  "property-names-added": { area: "objects", ...narrows },
  "property-names-removed": { area: "objects", ...widens },
  "dependent-required-added": { area: "objects", ...narrows },
  "dependent-required-removed": { area: "objects", ...widens },
  "dependent-schema-added": { area: "objects", ...narrows },
  "dependent-schema-removed": { area: "objects", ...widens },
  "unevaluated-properties-added": { area: "objects", ...narrows },
  "unevaluated-properties-removed": { area: "objects", ...widens },
  "hidden-changed": { area: "objects", request: "safe", response: "safe" },
  "mutability-changed": { area: "objects", request: "safe", response: "safe" },
  deprecated: { area: "lifecycle", request: "info", response: "info" },
  reactivated: { area: "lifecycle", request: "info", response: "info" },
  "unevaluated-items-added": { area: "arrays", ...narrows },
  "unevaluated-items-removed": { area: "arrays", ...widens },
  "contains-added": { area: "arrays", ...narrows },
  "contains-removed": { area: "arrays", ...widens },
  "contains-changed": { area: "arrays", ...unclear },
  "min-contains-increased": { area: "arrays", ...narrows },
  "min-contains-decreased": { area: "arrays", ...widens },
  "max-contains-decreased": { area: "arrays", ...narrows },
  "max-contains-increased": { area: "arrays", ...widens },
  "one-of-added": { area: "composition", ...widens },
  "one-of-removed": { area: "composition", ...narrows },
  "any-of-added": { area: "composition", ...widens },
  "any-of-removed": { area: "composition", ...narrows },
  "any-of-became-one-of": { area: "composition", ...narrows },
  "one-of-became-any-of": { area: "composition", ...widens },
  "all-of-added": { area: "composition", ...narrows },
  "all-of-removed": { area: "composition", ...widens },
  "not-added": { area: "composition", ...narrows },
  "not-removed": { area: "composition", ...widens },
  "not-changed": { area: "composition", ...unclear },
  "condition-added": { area: "composition", ...narrows },
  "condition-removed": { area: "composition", ...widens },
  "condition-changed": { area: "composition", ...unclear },
  "discriminator-added": { area: "composition", request: "risky", response: "safe" },
  "discriminator-removed": { area: "composition", request: "safe", response: "risky" },
  "discriminator-property-name-changed": { area: "composition", ...incomparable },
  "discriminator-mapping-added": { area: "composition", request: "safe", response: "risky" },
  "discriminator-mapping-deleted": { area: "composition", request: "risky", response: "safe" },
  "discriminator-mapping-changed": { area: "composition", ...incomparable },
  rewritten: { area: "composition", request: "safe", response: "safe" },
  "union-changed": { area: "composition", ...unclear },
  "constraint-changed": { area: "composition", ...unclear },
  "became-impossible": { area: "composition", ...narrows },
  "became-possible": { area: "composition", ...widens },
  "changed-unknown": { area: "composition", ...unclear },
  "comparison-given-up": { area: "composition", ...unclear },
} as const satisfies Record<string, SchemaRule>;

/** Edits with an id of their own, whatever the place (oasdiff's ids where it has one). */
export const fixedRules = {
  "new-required-request-property": { area: "objects", level: "breaking" },
  "new-optional-request-property": { area: "objects", level: "safe" },
  "request-property-removed": { area: "objects", level: "risky" },
  "request-property-removed-from-closed-object": { area: "objects", level: "breaking" },
  "request-property-became-read-only": { area: "objects", level: "risky" },
  "response-required-property-removed": { area: "objects", level: "breaking" },
  "response-optional-property-removed": { area: "objects", level: "risky" },
  "response-required-property-became-write-only": { area: "objects", level: "breaking" },
  "response-optional-property-became-write-only": { area: "objects", level: "risky" },
  "response-required-property-added": { area: "objects", level: "safe" },
  "response-optional-property-added": { area: "objects", level: "safe" },
  "endpoint-added": { area: "paths", level: "safe" },
  "api-removed-without-deprecation": { area: "paths", level: "breaking" },
  "api-path-removed-without-deprecation": { area: "paths", level: "breaking" },
  "api-removed-before-sunset": { area: "paths", level: "breaking" },
  "api-removed-with-deprecation": { area: "paths", level: "info" },
  "api-deprecated-removed-without-sunset": { area: "paths", level: "risky" },
  "operation-changed-unknown": { area: "paths", level: "risky" },
  "contract-changed-unknown": { area: "paths", level: "risky" },
  "api-operation-id-removed": { area: "paths", level: "risky" },
  "api-operation-id-added": { area: "paths", level: "safe" },
  "endpoint-deprecated": { area: "lifecycle", level: "info" },
  "endpoint-deprecated-with-sunset": { area: "lifecycle", level: "info" },
  "endpoint-reactivated": { area: "lifecycle", level: "info" },
  "sunset-moved-earlier": { area: "lifecycle", level: "risky" },
  "sunset-moved-later": { area: "lifecycle", level: "info" },
  "sunset-added": { area: "lifecycle", level: "info" },
  "sunset-deleted": { area: "lifecycle", level: "breaking" },
  "new-required-request-parameter": { area: "parameters", level: "breaking" },
  "new-optional-request-parameter": { area: "parameters", level: "safe" },
  "request-parameter-removed": { area: "parameters", level: "risky" },
  "request-parameter-became-required": { area: "parameters", level: "breaking" },
  "request-parameter-became-optional": { area: "parameters", level: "safe" },
  "request-parameter-moved": { area: "parameters", level: "breaking" },
  "request-optional-parameter-moved": { area: "parameters", level: "risky" },
  "request-parameter-serialization-changed": { area: "parameters", level: "breaking" },
  "request-parameter-schema-to-content": { area: "parameters", level: "breaking" },
  "request-parameter-deprecated": { area: "parameters", level: "info" },
  "request-parameter-reactivated": { area: "parameters", level: "info" },
  "request-body-added-required": { area: "bodies", level: "breaking" },
  "request-body-added-optional": { area: "bodies", level: "safe" },
  "request-body-removed": { area: "bodies", level: "risky" },
  "request-body-became-required": { area: "bodies", level: "breaking" },
  "request-body-became-optional": { area: "bodies", level: "safe" },
  "request-body-media-type-added": { area: "bodies", level: "safe" },
  "request-body-media-type-removed": { area: "bodies", level: "breaking" },
  "request-body-media-type-covered": { area: "bodies", level: "safe" },
  "multipart-encoding-narrowed": { area: "bodies", level: "breaking" },
  "multipart-encoding-changed": { area: "bodies", level: "risky" },
  "response-success-status-added": { area: "responses", level: "risky" },
  "response-success-status-removed": { area: "responses", level: "breaking" },
  "response-success-status-covered": { area: "responses", level: "risky" },
  "response-non-success-status-added": { area: "responses", level: "safe" },
  "response-non-success-status-removed": { area: "responses", level: "safe" },
  "response-status-covered": { area: "responses", level: "safe" },
  "response-links-changed": { area: "responses", level: "info" },
  "response-media-type-name-generalized": { area: "responses", level: "breaking" },
  "response-media-type-added": { area: "responses", level: "safe" },
  "response-media-type-removed": { area: "responses", level: "breaking" },
  "required-response-header-removed": { area: "responses", level: "breaking" },
  "optional-response-header-removed": { area: "responses", level: "risky" },
  "response-header-deprecated": { area: "responses", level: "info" },
  "response-header-reactivated": { area: "responses", level: "info" },
  "response-header-serialization-changed": { area: "responses", level: "breaking" },
  "response-header-added": { area: "responses", level: "safe" },
  "response-header-became-optional": { area: "responses", level: "breaking" },
  "response-header-became-required": { area: "responses", level: "safe" },
  "api-security-covered": { area: "security", level: "safe" },
  "api-security-scope-added": { area: "security", level: "breaking" },
  "api-security-scope-removed": { area: "security", level: "safe" },
  "api-security-removed": { area: "security", level: "breaking" },
  "api-security-added": { area: "security", level: "safe" },
  "anonymous-access-removed": { area: "security", level: "breaking" },
  "anonymous-access-added": { area: "security", level: "safe" },
  "base-path-changed": { area: "servers", level: "breaking" },
  "base-path-added": { area: "servers", level: "safe" },
  "callback-added": { area: "callbacks", level: "risky" },
  "callback-removed": { area: "callbacks", level: "breaking" },
  "webhook-added": { area: "callbacks", level: "safe" },
  "webhook-removed": { area: "callbacks", level: "breaking" },
} as const satisfies Record<string, FixedRule>;

export type SchemaEdit = keyof typeof schemaRules;
export type FixedEdit = keyof typeof fixedRules;
export type Edit = SchemaEdit | FixedEdit;

const places = [
  "request-body",
  "request-property",
  "request-parameter",
  "response-body",
  "response-property",
  "response-header",
] as const;

export type Rule = { readonly id: string; readonly edit: Edit; readonly area: RuleArea; readonly level: ChangeLevel };

/** Every rule that a change may name, by id. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [
    ...(Object.keys(schemaRules) as SchemaEdit[]).flatMap((edit) =>
      places.map((place): Rule => {
        const row = schemaRules[edit];
        return {
          id: `${place}-${edit}`,
          edit,
          area: row.area,
          level: place.startsWith("request") ? row.request : row.response,
        };
      }),
    ),
    ...(Object.keys(fixedRules) as FixedEdit[]).map((edit): Rule => ({
      id: edit,
      edit,
      area: fixedRules[edit].area,
      level: fixedRules[edit].level,
    })),
  ].map((rule) => [rule.id, rule]),
);
