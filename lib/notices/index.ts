/**
 * Telling followers (DESIGN §8): who is told what of a version's move, in the portal and by e-mail.
 *
 * Promises: `tellFollowers` writes in the transaction that moves the version, so there is never a version without its notice
 * or the reverse; one move is told once, whoever computes it and however often; only followers whose level admits the
 * verdict are told, and only where they may still see the API. An upcoming contract is told before it takes over, and again
 * when it does. Mail is queued in the same transaction and sent by `createMailTask`, which asks again who may see the API,
 * runs as often as the queue likes and sends once for each time that the SMTP server takes it.
 * Does not: tell of texts, of the first version of an API, or of what changes nothing; digest (later), webhooks (later).
 * Fails: `tellFollowers` throws what the database throws; a mail that is not taken throws and is tried again by the queue.
 */
export { composeMail } from "./compose-mail.ts";
export { createMailTask } from "./create-mail-task.ts";
export { createTeller, type TellFollowers } from "./create-teller.ts";
export { composeNotice } from "./compose-notice.ts";
