/** Whether Postgres can hold the text at all; what it cannot hold, nothing in it is called. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}
