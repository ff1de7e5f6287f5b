const titles = new Set([
  "FastAPI",
  "KServe ModelServer",
  "Data Plane",
  "Seldon External API",
  "TorchServe APIs",
  "Text Generation Inference",
  "Text Embeddings Inference",
  "Ollama API",
  "Derived description",
]);
const labels = new Set(["0.1.0", "None", "2.0", "0.1", ""]);

/** True for titles that a framework or server gives to whatever it serves; they say nothing of the model. */
export function isPlaceholderTitle(title: string): boolean {
  return titles.has(title) || title.startsWith("Data Plane for Model ");
}

/** True for versions that a framework gives to whatever it serves, where the title is a placeholder too. */
export function isPlaceholderLabel(label: string, title: string): boolean {
  return (
    label === "None" ||
    label === "" ||
    (labels.has(label) && isPlaceholderTitle(title)) ||
    title === "KServe ModelServer"
  );
}
