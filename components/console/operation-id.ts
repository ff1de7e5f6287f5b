/** One operation as lists know it: its id is "<METHOD> <path>", and its path is below each of its servers. */
export type OperationId = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly servers: readonly string[];
};
