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
  "enum-value-removed": narrows("{s} no longer has {a} among its values.", "Do not send {a} for {s}."),
  "enum-value-added": widens("{s} has {b} as a new value.", "Handle {b} in {s}."),
  "became-enum": narrows("{s} is limited to {b}.", "Send one of {b} for {s}."),
  "became-not-enum": widens("{s} is no longer limited to {a}.", "Handle values of {s} that you do not know."),
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
  "one-of-added": widens("{s} may also be {b}.", "Handle {b} in {s}."),
  "one-of-removed": narrows("{s} can no longer be {a}.", "Do not send {a} for {s}."),
  "any-of-added": widens("{s} may also be {b}.", "Handle {b} in {s}."),
  "any-of-removed": narrows("{s} can no longer be {a}.", "Do not send {a} for {s}."),
  "union-changed": {
    what: "{s} was {a} and is {b}.",
    why: unclearWhy,
    advice: "Compare the alternatives of {s} with what you send and read.",
  },
  "constraint-added": narrows("{s} has a new condition: {b}."),
  "constraint-removed": widens("{s} has lost a condition: {a}."),
  "constraint-changed": {
    what: "The condition {b} of {s} changed.",
    why: unclearWhy,
    advice: "Compare the condition {b} with what you send and read.",
  },
  "became-impossible": narrows("Nothing is valid for {s} any more."),
  "became-possible": widens("{s} may now have a value."),
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
  "callback-changed": {
    what: "{s} changed.",
    why: unclearWhy,
    advice: "Compare what you are sent with what you read.",
  },
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
