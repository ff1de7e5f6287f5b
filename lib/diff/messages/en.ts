import type { Json } from "../../model/index.ts";
import type { Finding } from "../finding.ts";
import type { Edit } from "../rules.ts";

/**
 * The words of one edit. `what` says what happened, `why` why it matters, `advice` what the consumer does; a pair is for the
 * request and the response side. `{s}` is the subject, `{a}` and `{b}` are the values before and after.
 */
export type Words = {
  readonly what: string;
  readonly why: string | readonly [request: string, response: string];
  readonly advice: string | readonly [request: string, response: string];
};

const narrowed = [
  "Requests that were accepted before may be refused.",
  "Answers say less than was promised before, which readers of the old promise can handle.",
] as const;
const widened = [
  "Everything that was accepted before still is.",
  "Answers may now hold what readers of the old description do not expect.",
] as const;
const adviseNarrowed = ["Check what you send: keep within the new limits.", "Nothing to do."] as const;
const adviseWidened = ["Nothing to do.", "Make your reader accept the new values."] as const;
const unclearWhy = "Whether old and new agree cannot be told from the description alone.";
const nothing = "Nothing to do.";

function narrows(what: string, advice: string = adviseNarrowed[0]): Words {
  return { what, why: narrowed, advice: [advice, adviseNarrowed[1]] };
}

function widens(what: string, advice: string = adviseWidened[1]): Words {
  return { what, why: widened, advice: [adviseWidened[0], advice] };
}

/** Every edit in English; a missing one does not compile. */
export const words: Readonly<Record<Edit, Words>> = {
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
  "pattern-changed": {
    what: "{s} must match {b}; it was {a}.",
    why: unclearWhy,
    advice: "Check your values of {s} against the new pattern.",
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
  "new-required-request-property": {
    what: "Requests must now send {s}.",
    why: "Requests without it are refused.",
    advice: "Send {s} with every request.",
  },
  "new-optional-request-property": { what: "Requests may now send {s}.", why: widened[0], advice: nothing },
  "request-property-removed": {
    what: "{s} is no longer described.",
    why: "It is ignored or refused; the description does not say which.",
    advice: "Stop sending {s}, and check what takes its place.",
  },
  "request-property-removed-from-closed-object": {
    what: "{s} is no longer accepted.",
    why: "The object takes only the properties that it names.",
    advice: "Stop sending {s}.",
  },
  "request-property-became-read-only": {
    what: "{s} is read-only now.",
    why: "It is ignored or refused in requests.",
    advice: "Stop sending {s}.",
  },
  "response-required-property-removed": {
    what: "Answers no longer hold {s}.",
    why: "It was promised to be there.",
    advice: "Stop reading {s}.",
  },
  "response-optional-property-removed": {
    what: "Answers no longer describe {s}.",
    why: "It was optional, yet somebody may read it.",
    advice: "Stop reading {s}.",
  },
  "response-required-property-became-write-only": {
    what: "Answers no longer hold {s}: it is write-only now.",
    why: "It was promised to be there.",
    advice: "Stop reading {s}.",
  },
  "response-optional-property-became-write-only": {
    what: "Answers no longer hold {s}: it is write-only now.",
    why: "It was optional, yet somebody may read it.",
    advice: "Stop reading {s}.",
  },
  "response-required-property-added": {
    what: "Answers now hold {s}.",
    why: "Readers ignore what they do not know.",
    advice: nothing,
  },
  "response-optional-property-added": {
    what: "Answers may now hold {s}.",
    why: "Readers ignore what they do not know.",
    advice: nothing,
  },
  "endpoint-added": { what: "{s} is new.", why: "Nothing else changed by it.", advice: nothing },
  "api-removed-without-deprecation": {
    what: "{s} is gone, and was not deprecated before.",
    why: "Calls of it fail.",
    advice: "Stop calling it; look for its successor: {b}.",
  },
  "api-path-removed-without-deprecation": {
    what: "{s} is gone with its whole path, and was not deprecated before.",
    why: "Calls of it fail.",
    advice: "Stop calling it; look for its successor: {b}.",
  },
  "api-removed-before-sunset": {
    what: "{s} is gone before its announced date.",
    why: "Calls of it fail earlier than was promised.",
    advice: "Stop calling it now; look for its successor: {b}.",
  },
  "api-removed-with-deprecation": {
    what: "{s} is gone, as was announced.",
    why: "Its date has passed.",
    advice: "Stop calling it, if you still do.",
  },
  "api-deprecated-removed-without-sunset": {
    what: "{s}, deprecated without a date, is gone.",
    why: "Calls of it fail; when was never said.",
    advice: "Stop calling it, if you still do; look for its successor: {b}.",
  },
  "operation-changed-unknown": {
    what: "{s} changed in a way that has no name here.",
    why: unclearWhy,
    advice: "Compare both descriptions of the operation yourself.",
  },
  "contract-changed-unknown": {
    what: "The contract changed in a way that has no name here.",
    why: unclearWhy,
    advice: "Compare both descriptions yourself.",
  },
  "api-operation-id-removed": {
    what: "The operation's id was {a} and is {b}.",
    why: "Generated clients name their methods after it.",
    advice: "Generate your client again and rename its calls.",
  },
  "api-operation-id-added": {
    what: "The operation has the id {b}.",
    why: "Generated clients name their methods after it.",
    advice: nothing,
  },
  "endpoint-deprecated": {
    what: "{s} is deprecated.",
    why: "It still works, and will go.",
    advice: "Plan to leave it.",
  },
  "endpoint-deprecated-with-sunset": {
    what: "{s} is deprecated and goes on {b}.",
    why: "It still works until then.",
    advice: "Leave it before {b}.",
  },
  "endpoint-reactivated": { what: "{s} is no longer deprecated.", why: "It stays.", advice: nothing },
  "sunset-moved-earlier": {
    what: "{s} goes on {b}; it was {a}.",
    why: "There is less time than was said.",
    advice: "Leave it before {b}.",
  },
  "sunset-moved-later": {
    what: "{s} goes on {b}; it was {a}.",
    why: "There is more time than was said.",
    advice: nothing,
  },
  "sunset-added": { what: "{s} goes on {b}.", why: "The date is new.", advice: "Leave it before {b}." },
  "sunset-deleted": {
    what: "{s} is still deprecated, and its date {a} is gone.",
    why: "It may go at any time.",
    advice: "Leave it, or ask its owner for a date.",
  },
  "new-required-request-parameter": {
    what: "Requests must now send {s}.",
    why: "Requests without it are refused.",
    advice: "Send {s} with every request.",
  },
  "new-optional-request-parameter": { what: "Requests may now send {s}.", why: widened[0], advice: nothing },
  "request-parameter-removed": {
    what: "{s} is no longer described.",
    why: "It is ignored or refused; the description does not say which.",
    advice: "Stop sending {s}.",
  },
  "request-parameter-became-required": {
    what: "{s} is now required.",
    why: "Requests without it are refused.",
    advice: "Send {s} with every request.",
  },
  "request-parameter-became-optional": { what: "{s} is now optional.", why: widened[0], advice: nothing },
  "request-parameter-moved": {
    what: "{s} moved from {a} to {b}.",
    why: "It is not found where it was.",
    advice: "Send it in {b}.",
  },
  "request-optional-parameter-moved": {
    what: "{s} moved from {a} to {b}.",
    why: "It is optional, and ignored where it was.",
    advice: "Send it in {b}.",
  },
  "request-parameter-serialization-changed": {
    what: "{s} is written in another way.",
    why: "The same text is read as something else.",
    advice: "Write {s} as its new style says.",
  },
  "request-parameter-schema-to-content": {
    what: "{s} is described by a media type instead of a schema, or the reverse.",
    why: "It is written in another way.",
    advice: "Write {s} as its description now says.",
  },
  "request-parameter-deprecated": {
    what: "{s} is deprecated.",
    why: "It still works, and will go.",
    advice: "Plan to leave it.",
  },
  "request-parameter-reactivated": { what: "{s} is no longer deprecated.", why: "It stays.", advice: nothing },
  "request-body-added-required": {
    what: "Requests must now have a body.",
    why: "Requests without it are refused.",
    advice: "Send a body.",
  },
  "request-body-added-optional": { what: "Requests may now have a body.", why: widened[0], advice: nothing },
  "request-body-removed": {
    what: "The request body is no longer described.",
    why: "It is ignored or refused; the description does not say which.",
    advice: "Stop sending a body.",
  },
  "request-body-became-required": {
    what: "The request body is now required.",
    why: "Requests without it are refused.",
    advice: "Send a body with every request.",
  },
  "request-body-became-optional": { what: "The request body is now optional.", why: widened[0], advice: nothing },
  "request-body-media-type-added": { what: "{s} is accepted too.", why: widened[0], advice: nothing },
  "request-body-media-type-removed": {
    what: "{s} is no longer accepted.",
    why: "Requests of this type are refused.",
    advice: "Send another type that is described.",
  },
  "request-body-media-type-covered": {
    what: "{s} is described as part of {b}.",
    why: "It is still accepted.",
    advice: nothing,
  },
  "multipart-encoding-narrowed": {
    what: "Parts of {s} are accepted in fewer types: {b}; it was {a}.",
    why: "Parts of the other types are refused.",
    advice: "Send the parts as {b}.",
  },
  "multipart-encoding-changed": {
    what: "The parts of {s} are encoded in another way.",
    why: unclearWhy,
    advice: "Check the type and the headers of each part.",
  },
  "response-success-status-added": {
    what: "{s} is a new success.",
    why: "Who waits for another status takes it for a failure.",
    advice: "Handle it as a success.",
  },
  "response-success-status-removed": {
    what: "{s} no longer comes.",
    why: "It was the success that was promised.",
    advice: "Handle the answers that are described now.",
  },
  "response-success-status-covered": {
    what: "{s} no longer comes; another success does.",
    why: "Who waits for exactly this status takes the other for a failure.",
    advice: "Handle every success that is described.",
  },
  "response-non-success-status-added": {
    what: "{s} is described.",
    why: "Any call may fail in more ways than are described.",
    advice: nothing,
  },
  "response-non-success-status-removed": {
    what: "{s} is no longer described.",
    why: "Nothing else changed by it.",
    advice: nothing,
  },
  "response-status-covered": {
    what: "{s} is described by {b}.",
    why: "The same answer may come as before.",
    advice: nothing,
  },
  "response-links-changed": {
    what: "The links of {s} changed.",
    why: "They say where to go on; the answer itself is the same.",
    advice: "Follow the links as they are described now.",
  },
  "response-media-type-name-generalized": {
    what: "{s} may come in any type of {b}.",
    why: "Types may come that were not described.",
    advice: "Say in `Accept` which type you read.",
  },
  "response-media-type-added": {
    what: "{s} can be asked for.",
    why: "Who does not ask for it does not get it.",
    advice: nothing,
  },
  "response-media-type-removed": {
    what: "{s} no longer comes.",
    why: "Who asks for this type is refused, or gets another.",
    advice: "Accept another type that is described.",
  },
  "required-response-header-removed": {
    what: "{s} no longer comes.",
    why: "It was promised to be there.",
    advice: "Stop reading it.",
  },
  "optional-response-header-removed": {
    what: "{s} is no longer described.",
    why: "It was optional, yet somebody may read it.",
    advice: "Stop reading it.",
  },
  "response-header-deprecated": {
    what: "{s} is deprecated.",
    why: "It still comes, and will go.",
    advice: "Plan to do without it.",
  },
  "response-header-reactivated": { what: "{s} is no longer deprecated.", why: "It stays.", advice: nothing },
  "response-header-serialization-changed": {
    what: "{s} is written in another way.",
    why: "The same text means something else.",
    advice: "Read {s} as its description now says.",
  },
  "response-header-added": { what: "{s} is new.", why: "Readers ignore what they do not know.", advice: nothing },
  "response-header-became-optional": {
    what: "{s} may now be missing.",
    why: "It was promised to be there.",
    advice: "Handle that it is missing.",
  },
  "response-header-became-required": {
    what: "{s} always comes now.",
    why: "More is promised than before.",
    advice: nothing,
  },
  "api-security-covered": {
    what: "{a} is no longer a way of its own: {b} is enough.",
    why: "Who authenticates with it is let in as before.",
    advice: nothing,
  },
  "api-security-scope-added": {
    what: "Calls now need more scopes: {b}; it was {a}.",
    why: "Tokens without them are refused.",
    advice: "Ask for the scopes {b}.",
  },
  "api-security-scope-removed": {
    what: "Calls need fewer scopes: {b}; it was {a}.",
    why: "Tokens that were enough still are.",
    advice: nothing,
  },
  "api-security-removed": {
    what: "A way to authenticate is gone: {a}.",
    why: "Calls that use it are refused.",
    advice: "Authenticate as is described now.",
  },
  "api-security-added": {
    what: "There is a new way to authenticate.",
    why: "The earlier ways still work.",
    advice: nothing,
  },
  "anonymous-access-removed": {
    what: "Calls must now authenticate.",
    why: "Calls without credentials are refused.",
    advice: "Get credentials and send them.",
  },
  "anonymous-access-added": {
    what: "Calls need not authenticate any more.",
    why: "Credentials are not asked for.",
    advice: nothing,
  },
  "base-path-changed": {
    what: "The base path was {a} and is {b}.",
    why: "Calls go to paths that are no longer served.",
    advice: "Call the new base path.",
  },
  "base-path-added": {
    what: "There is a further base path: {b}.",
    why: "The earlier one still works.",
    advice: nothing,
  },
  "callback-added": {
    what: "{s} is new.",
    why: "You may be called where you were not before.",
    advice: "Check whether you must answer it.",
  },
  "callback-removed": { what: "{s} is gone.", why: "Who waits for it waits in vain.", advice: "Stop waiting for it." },
  "webhook-added": { what: "{s} is new.", why: "Who does not subscribe is not called.", advice: nothing },
  "webhook-removed": { what: "{s} is gone.", why: "Who waits for it waits in vain.", advice: "Stop waiting for it." },
};

const textMax = 120;

function say(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return (value as readonly Json[]).map(say).join(", ").slice(0, textMax);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.length > textMax ? `${text.slice(0, textMax)}…` : text}\``;
}

function sideOf(text: string | readonly [string, string], finding: Pick<Finding, "direction">): string {
  if (typeof text === "string") return text;
  return finding.direction === "response" ? text[1] : text[0];
}

function fill(template: string, finding: Pick<Finding, "subject" | "before" | "after">): string {
  const text = template.replaceAll(/\{([sab])\}/g, (_, name: string) =>
    name === "s" ? finding.subject : say(name === "a" ? finding.before : finding.after),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happened and why it matters, in one or two sentences. */
export function messageFor(finding: Finding): string {
  const entry = words[finding.edit];
  return `${fill(entry.what, finding)} ${sideOf(entry.why, finding)}`;
}

/** What the consumer does about it, in a sentence. */
export function adviceFor(finding: Finding): string {
  if (finding.level === "risky" && sideOf(words[finding.edit].advice, finding) === nothing)
    return "Check whether you rely on it.";
  return fill(
    sideOf(words[finding.edit].advice, finding).replace(
      /; look for its successor: \{b\}/,
      finding.after === null ? "" : "; look for its successor: {b}",
    ),
    finding,
  );
}
