import type { SchemaEdit } from "../rules.ts";
import { nothing, unclearWhy, widenedRequest } from "./words.ts";
import type { Words } from "./words.ts";

const narrowed = [
  "Requests that were accepted before may be refused.",
  "Answers say less than was promised before, which readers of the old promise can handle.",
] as const;
const widened = [widenedRequest, "Answers may now hold what readers of the old description do not expect."] as const;
const adviseNarrowed = ["Check what you send: keep within the new limits.", "Nothing to do."] as const;
const adviseWidened = ["Nothing to do.", "Make your reader accept the new values."] as const;

function narrows(what: string, advice: string = adviseNarrowed[0]): Words {
  return { what, why: narrowed, advice: [advice, adviseNarrowed[1]] };
}

function widens(what: string, advice: string = adviseWidened[1]): Words {
  return { what, why: widened, advice: [adviseWidened[0], advice] };
}

/** Every edit of a schema in English; a missing one does not compile. */
export const schemaWords: Readonly<Record<SchemaEdit, Words>> = {
  "type-changed": {
    what: "{s} was {a} and is {b}.",
    why: "A value of the old type is not one of the new.",
    advice: ["Send {s} as {b}.", "Read {s} as {b}."],
  },
  "type-generalized": widens("{s} was {a} and may now be {b}.", "Read {s} as {b}."),
  "type-specialized": narrows("{s} was {a} and must now be {b}.", "Send {s} as {b}."),
  "became-nullable": widens("{s} may now be null.", "Handle null in {s}."),
  "became-not-nullable": narrows("{s} must not be null any more.", "Do not send null for {s}."),
  "type-wire-equal": {
    what: "The type of {s} was {a} and is {b}.",
    why: "On the wire both are the same texts.",
    advice: nothing,
  },
  "enum-value-removed": narrows("{s} no longer has {a} among its values.", "Do not send {a} for {s}."),
  "enum-value-added": widens("{s} has {b} as a new value.", "Handle {b} in {s}."),
  "became-enum": narrows("{s} is limited to {b}.", "Send one of {b} for {s}."),
  "became-not-enum": widens("{s} is no longer limited to {a}.", "Handle values of {s} that you do not know."),
  "enum-replaced": {
    what: "The values of {s} were {a} and are {b}.",
    why: "Some values are only in one of the two.",
    advice: ["Check what you send for {s}.", "Check what you read from {s}."],
  },
  "enum-opened": {
    what: "The values of {s} are now an open list.",
    why: "Values may come that are not described.",
    advice: [nothing, "Handle values of {s} that you do not know."],
  },
  "enum-closed": {
    what: "The values of {s} are no longer an open list.",
    why: "Values that are not described are no longer expected.",
    advice: ["Send described values only.", nothing],
  },
  "default-value-changed": {
    what: "The default of {s} was {a} and is {b}.",
    why: "Who leaves it out gets other behaviour.",
    advice: ["Send {s} yourself if you rely on the old default.", nothing],
  },
  "default-value-added": {
    what: "{s} has the default {b}.",
    why: "What was said of a missing value is now explicit.",
    advice: nothing,
  },
  "default-value-removed": {
    what: "{s} has no default any more; it was {a}.",
    why: "What a missing value means is no longer said.",
    advice: ["Send {s} yourself.", nothing],
  },
  "min-increased": narrows("{s} must be at least {b}; it was {a}."),
  "min-decreased": widens("{s} may be as low as {b}; it was {a}."),
  "min-set": narrows("{s} must be at least {b}."),
  "min-unset": widens("{s} has no lower limit any more; it was {a}."),
  "max-decreased": narrows("{s} must be at most {b}; it was {a}."),
  "max-increased": widens("{s} may be as high as {b}; it was {a}."),
  "max-set": narrows("{s} must be at most {b}."),
  "max-unset": widens("{s} has no upper limit any more; it was {a}."),
  "min-length-increased": narrows("{s} must have at least {b} characters; it was {a}."),
  "min-length-decreased": widens("{s} may have as few as {b} characters; it was {a}."),
  "max-length-decreased": narrows("{s} must have at most {b} characters; it was {a}."),
  "max-length-increased": widens("{s} may have up to {b} characters; it was {a}."),
  "max-length-set": narrows("{s} must have at most {b} characters."),
  "max-length-unset": widens("{s} may have any length; it was at most {a} characters."),
  "min-items-increased": narrows("{s} must have at least {b} items; it was {a}."),
  "min-items-decreased": widens("{s} may have as few as {b} items; it was {a}."),
  "max-items-decreased": narrows("{s} must have at most {b} items; it was {a}."),
  "max-items-increased": widens("{s} may have up to {b} items; it was {a}."),
  "max-items-set": narrows("{s} must have at most {b} items."),
  "max-items-unset": widens("{s} may have any number of items; it was at most {a}."),
  "min-properties-increased": narrows("{s} must have at least {b} properties; it was {a}."),
  "min-properties-decreased": widens("{s} may have as few as {b} properties; it was {a}."),
  "max-properties-decreased": narrows("{s} must have at most {b} properties; it was {a}."),
  "max-properties-increased": widens("{s} may have up to {b} properties; it was {a}."),
  "max-properties-set": narrows("{s} must have at most {b} properties."),
  "max-properties-unset": widens("{s} may have any number of properties; it was at most {a}."),
  "multiple-of-set": narrows("{s} must be a multiple of {b}."),
  "multiple-of-unset": widens("{s} need not be a multiple of {a} any more."),
  "multiple-of-changed": {
    what: "{s} must be a multiple of {b}; it was {a}.",
    why: "Neither set of values holds the other.",
    advice: "Check {s} against the new step.",
  },
  "multiple-of-generalized": widens("{s} must be a multiple of {b}; it was {a}."),
  "multiple-of-specialized": narrows("{s} must be a multiple of {b}; it was {a}."),
  "unique-items-set": narrows("The items of {s} must differ from each other.", "Send each item of {s} once."),
  "unique-items-unset": widens("The items of {s} may repeat.", "Handle repeated items in {s}."),
  "pattern-added": narrows("{s} must match {b}."),
  "pattern-removed": widens("{s} need not match {a} any more."),
  "pattern-generalized": widens("{s} may match {b}, which takes more than {a} did."),
  "pattern-specialized": narrows("{s} must match {b}, which takes less than {a} did."),
  "pattern-changed": {
    what: "{s} must match {b}; it was {a}.",
    why: ["Some values that were accepted may be refused.", "Values may come back that never came before."],
    advice: [
      "Check your values of {s} against the new pattern.",
      "Check what you do with values of {s} against the new pattern.",
    ],
  },
  "format-added": {
    what: "{s} now has the format {b}.",
    why: ["Whether it is checked is not said.", "Answers say no more than before."],
    advice: ["Check that your values of {s} have the format {b}.", nothing],
  },
  "format-removed": {
    what: "{s} no longer has the format {a}.",
    why: ["Everything that was accepted before still is.", "Values in other forms may come."],
    advice: [nothing, "Read {s} without relying on the format {a}."],
  },
  "format-narrowed": narrows("{s} has the format {b}; it was {a}."),
  "format-widened": widens("{s} has the format {b}; it was {a}.", "Read {s} as {b}."),
  "format-changed": {
    what: "The format of {s} was {a} and is {b}.",
    why: unclearWhy,
    advice: "Check how you write and read {s}.",
  },
  "content-encoding-changed": {
    what: "{s} was encoded as {a} and is encoded as {b}.",
    why: "The same bytes mean something else.",
    advice: "Encode and decode {s} as {b}.",
  },
  "content-media-type-changed": {
    what: "{s} held {a} and holds {b}.",
    why: "The same bytes mean something else.",
    advice: "Write and read {s} as {b}.",
  },
  "became-required": narrows("{s} is now required.", "Send {s} with every request."),
  "became-optional": widens("{s} is now optional.", "Handle that {s} may be missing."),
  "property-renamed": {
    what: "{s} is now named {b}.",
    why: "The schema is the same, the name is not.",
    advice: ["Send {b} instead of {s}.", "Read {b} instead of {s}."],
  },
  "required-property-renamed": {
    what: "{s}, which is required, is now named {b}.",
    why: "The schema is the same, the name is not.",
    advice: ["Send {b} instead of {s}.", "Read {b} instead of {s}."],
  },
  "additional-properties-closed": narrows(
    "{s} takes fewer properties that are not named.",
    "Send only properties that are described.",
  ),
  "additional-properties-opened": widens(
    "{s} may hold properties that are not named.",
    "Ignore properties that you do not know.",
  ),
  "pattern-property-added": narrows("{s} has a rule for properties that match {b}."),
  "pattern-property-removed": widens("{s} has no rule for properties that match {a} any more."),
  "property-names-added": narrows("The names of the properties of {s} are limited."),
  "property-names-removed": widens("The names of the properties of {s} are no longer limited."),
  "dependent-required-added": narrows("{s} asks for more properties beside others: {b}."),
  "dependent-required-removed": widens("{s} asks for fewer properties beside others: {b}."),
  "dependent-schema-added": narrows("{s} has a rule that applies when {b} is there."),
  "dependent-schema-removed": widens("{s} has lost the rule that applied when {a} was there."),
  "unevaluated-properties-added": narrows("{s} limits properties that nothing describes."),
  "unevaluated-properties-removed": widens("{s} no longer limits properties that nothing describes."),
  "hidden-changed": {
    what: "{s} changed.",
    why: ["It is read-only and not sent.", "It is write-only and does not come back."],
    advice: nothing,
  },
  "mutability-changed": {
    what: "Whether {s} may be read and written is described otherwise.",
    why: "It still travels in this direction.",
    advice: nothing,
  },
  deprecated: { what: "{s} is deprecated.", why: "It still works, and will go.", advice: "Plan to leave it." },
  reactivated: { what: "{s} is no longer deprecated.", why: "It stays.", advice: nothing },
  "unevaluated-items-added": narrows("{s} limits items that nothing describes."),
  "unevaluated-items-removed": widens("{s} no longer limits items that nothing describes."),
  "contains-added": narrows("{s} must contain a certain item."),
  "contains-removed": widens("{s} need not contain a certain item any more."),
  "contains-changed": {
    what: "What {s} must contain changed.",
    why: unclearWhy,
    advice: "Compare what {s} must contain with what you send and read.",
  },
  "min-contains-increased": narrows("{s} must contain at least {b} such items; it was {a}."),
  "min-contains-decreased": widens("{s} may contain as few as {b} such items; it was {a}."),
  "max-contains-decreased": narrows("{s} must contain at most {b} such items; it was {a}."),
  "max-contains-increased": widens("{s} may contain up to {b} such items; it was {a}."),
  "one-of-added": widens("{s} may also be {b}.", "Handle {b} in {s}."),
  "one-of-removed": narrows("{s} can no longer be {a}.", "Do not send {a} for {s}."),
  "any-of-added": widens("{s} may also be {b}.", "Handle {b} in {s}."),
  "any-of-removed": narrows("{s} can no longer be {a}.", "Do not send {a} for {s}."),
  "any-of-became-one-of": narrows("{s} must now be exactly one of its alternatives."),
  "one-of-became-any-of": widens("{s} may now be several of its alternatives at once."),
  "all-of-added": narrows("{s} must now also be one of several alternatives."),
  "all-of-removed": widens("{s} need not be one of several alternatives any more."),
  "not-added": narrows("{s} must not be what a new exclusion names."),
  "not-removed": widens("{s} has lost an exclusion."),
  "not-changed": {
    what: "What {s} must not be changed.",
    why: unclearWhy,
    advice: "Compare what {s} must not be with what you send and read.",
  },
  "condition-added": narrows("{s} has a new condition (if, then, else)."),
  "condition-removed": widens("{s} has lost a condition (if, then, else)."),
  "condition-changed": {
    what: "A condition of {s} (if, then, else) changed.",
    why: unclearWhy,
    advice: "Compare the condition with what you send and read.",
  },
  "discriminator-added": {
    what: "{s} is told apart by {b}.",
    why: "Readers may choose the alternative by it.",
    advice: ["Send {b} with every {s}.", nothing],
  },
  "discriminator-removed": {
    what: "{s} is no longer told apart by {a}.",
    why: "Who chose the alternative by it must choose in another way.",
    advice: [nothing, "Do not rely on {a} to tell the alternatives of {s} apart."],
  },
  "discriminator-property-name-changed": {
    what: "{s} was told apart by {a} and is by {b}.",
    why: "The old property no longer names the alternative.",
    advice: ["Name the alternative in {b}.", "Read the alternative from {b}."],
  },
  "discriminator-mapping-added": {
    what: "{s} has the new names {b} for its alternatives.",
    why: "They may be used from now on.",
    advice: [nothing, "Handle {b} in {s}."],
  },
  "discriminator-mapping-deleted": {
    what: "{s} no longer has the names {a} for its alternatives.",
    why: "They may be refused from now on.",
    advice: ["Do not send {a}.", nothing],
  },
  "discriminator-mapping-changed": {
    what: "The names {b} of {s} stand for other alternatives.",
    why: "The same name means another schema.",
    advice: "Check what you send and read under these names.",
  },
  rewritten: {
    what: "{s} is written with {b} instead of {a}.",
    why: "Both mean the same, for no value is in two alternatives.",
    advice: nothing,
  },
  "union-changed": {
    what: "{s} was {a} and is {b}.",
    why: unclearWhy,
    advice: "Compare the alternatives of {s} with what you send and read.",
  },
  "constraint-changed": {
    what: "The condition {b} of {s} changed.",
    why: unclearWhy,
    advice: "Compare the condition {b} with what you send and read.",
  },
  "became-impossible": narrows("Nothing is valid for {s} any more."),
  "became-possible": widens("{s} may now have a value."),
  "changed-unknown": {
    what: "{s} changed in a way that has no name here.",
    why: unclearWhy,
    advice: "Compare both descriptions of {s} yourself.",
  },
  "comparison-given-up": {
    what: "{s} is too large to be compared whole.",
    why: unclearWhy,
    advice: "Compare both descriptions yourself where you use {s}.",
  },
};
