/**
 * Descriptions for servers that serve none, made of what is known of their models (DESIGN §5, SERVING §4), and the parts that a
 * server's own description lacks.
 *
 * Promises: pure; equal input gives equal bytes. Every part says where it comes from (`x-gatebook-origin`): *observed* where the
 * running server said it, *declared* where a person wrote it down in the cluster, *inferred* where it follows from the protocol.
 * An example is a request that the model takes; where that is not known there is none, and the reader is told. What a server
 * says is checked and capped: a signature that cannot be read whole counts as none.
 * Does not: ask anybody (`lib/acquire`), or judge what it made (`lib/spec` reads it like any other).
 * Fails: never for what a server said.
 */
export { deriveComposed, graphComposition, pipelineComposition } from "./composed.ts";
export { amendDescription } from "./amend-description.ts";
export { deriveFunction } from "./nuclio.ts";
export { deriveKserveV1 } from "./kserve-v1.ts";
export { deriveMlflow } from "./mlflow.ts";
export { deriveMlrunServing, readMlrunModel, readMlrunModels, type MlrunModel } from "./mlrun.ts";
export { deriveOllama, readOllamaTags } from "./ollama.ts";
export { deriveOpenai, readOpenaiModels } from "./openai.ts";
export { deriveOpenInference, type ServedModel } from "./open-inference.ts";
export { deriveTensorflowServing, readTensorflowMetadata } from "./tensorflow-serving.ts";
export { deriveTriton, readTritonConfig, readTritonIndex, type TritonModel } from "./triton.ts";
export { readModelMetadata } from "./read-metadata.ts";
