import type { FixedEdit } from "../rules.ts";
import { nothing, unclearWhy, widenedRequest } from "./words.ts";
import type { Words } from "./words.ts";

/** Every edit with an id of its own in English; a missing one does not compile. */
export const fixedWords: Readonly<Record<FixedEdit, Words>> = {
  "new-required-request-property": {
    what: "Requests must now send {s}.",
    why: "Requests without it are refused.",
    advice: "Send {s} with every request.",
  },
  "new-optional-request-property": { what: "Requests may now send {s}.", why: widenedRequest, advice: nothing },
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
  "new-optional-request-parameter": { what: "Requests may now send {s}.", why: widenedRequest, advice: nothing },
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
  "request-parameter-became-optional": { what: "{s} is now optional.", why: widenedRequest, advice: nothing },
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
  "request-body-added-optional": { what: "Requests may now have a body.", why: widenedRequest, advice: nothing },
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
  "request-body-became-optional": { what: "The request body is now optional.", why: widenedRequest, advice: nothing },
  "request-body-media-type-added": { what: "{s} is accepted too.", why: widenedRequest, advice: nothing },
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
