/**
 * The words of one edit. `what` says what happened, `why` why it matters, `advice` what the consumer does; a pair is for the
 * request and the response side. `{s}` is the subject, `{a}` and `{b}` are the values before and after.
 */
export type Words = {
  readonly what: string;
  readonly why: string | readonly [request: string, response: string];
  readonly advice: string | readonly [request: string, response: string];
};

export const unclearWhy = "Whether old and new agree cannot be told from the description alone.";
export const nothing = "Nothing to do.";
export const widenedRequest = "Everything that was accepted before still is.";
