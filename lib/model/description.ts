/** The formats that are read (DESIGN §6). */
export const descriptionFormats = ["swagger-2.0", "openapi-3.0", "openapi-3.1", "openapi-3.2"] as const;
export type DescriptionFormat = (typeof descriptionFormats)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** One method on one path, as lists and search know it. `id` is `"<METHOD> <path>"`, unique within a description. */
export type Operation = {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly operationId: string | null;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
};

/** Something that was mended on the way in, said to the reader. `pointer` is an RFC 6901 JSON pointer into the source. */
export type Repair = { readonly pointer: string; readonly message: string };

/** Something that is wrong with a description; `line` (from 1) where the parser knows it. */
export type DescriptionProblem = { readonly pointer: string; readonly message: string; readonly line?: number };

/** A description that went through the pipeline. */
export type Description = {
  readonly format: DescriptionFormat;
  /** The whole document, upgraded to OpenAPI 3.1 (3.2 stays 3.2), references kept, keys in source order. */
  readonly document: JsonObject;
  /** `info.title`, or "" where it is missing or a framework's placeholder. */
  readonly title: string;
  /** `info.version`, or null where it is missing or a placeholder. */
  readonly label: string | null;
  readonly summary: string;
  /** Hex SHA-256 of the canonical whole document, and of its contract (DESIGN §6). */
  readonly documentDigest: string;
  readonly contractDigest: string;
  readonly operations: readonly Operation[];
  readonly repairs: readonly Repair[];
  /** Raises when the pipeline gives another result for the same bytes. */
  readonly pipelineVersion: number;
};

export type DescriptionResult =
  | { readonly kind: "ok"; readonly description: Description }
  | { readonly kind: "invalid"; readonly problems: readonly DescriptionProblem[] };
