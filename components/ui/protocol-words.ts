import type { Protocol } from "@/lib/model/index.ts";

/** What each protocol is called on pages. */
export const protocolWords: { readonly [protocol in Protocol]: string } = {
  rest: "REST",
  "open-inference": "Open Inference",
  "kserve-v1": "KServe v1",
  "seldon-v1": "Seldon v1",
  "tensorflow-serving": "TensorFlow Serving",
  torchserve: "TorchServe",
  triton: "Triton",
  openai: "OpenAI-compatible",
  grpc: "gRPC",
  function: "Function",
  batch: "Batch",
};
