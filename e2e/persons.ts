/** Who can sign in at the embedded provider, as its page names them. */
export const persons = {
  carla: "Carla Consumer",
  otto: "Otto Owner",
  ada: "Ada Admin",
} as const;

export type PersonName = keyof typeof persons;
