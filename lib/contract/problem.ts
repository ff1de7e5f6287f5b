import { z } from "zod";

/** An error as RFC 9457 problem details; `code` is stable and for programs, `detail` is for people. */
export const problemSchema = z
  .object({
    type: z.string().describe("A URI reference that names the kind of problem."),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.string().describe("The stable name of the problem, for programs."),
    problems: z
      .array(z.object({ pointer: z.string(), message: z.string(), line: z.int().optional() }))
      .optional()
      .describe("Where in the input, when it is about a document or a body."),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problemSchema>;
