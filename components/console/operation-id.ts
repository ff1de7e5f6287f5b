/** One operation as lists know it: its id is "<METHOD> <path>". */
export type OperationId = { readonly id: string; readonly method: string; readonly path: string };
