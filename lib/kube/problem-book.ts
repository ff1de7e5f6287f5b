import type { ReaderProblem } from "./cluster-reader.ts";

export type ProblemBook = {
  /** Notes what is wrong at a place, in place of what was noted there; null takes it away. */
  note(place: string, message: string | null): void;
  list(): readonly ReaderProblem[];
};

const problemsMax = 100;

/** The problems that stand at present, newest first; the oldest is forgotten when there are too many. */
export function createProblemBook(): ProblemBook {
  const book = new Map<string, string>();
  return {
    note(place, message) {
      if (message === null) {
        if (book.size > 0) book.delete(place);
        return;
      }
      book.delete(place);
      book.set(place, message);
      const oldest = book.keys().next();
      if (book.size > problemsMax && oldest.done !== true) book.delete(oldest.value);
    },
    list: () => [...book].map(([place, message]) => ({ place, message })).reverse(),
  };
}
