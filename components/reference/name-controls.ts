/** What Swagger UI draws without a name that a screen reader could say, and the name to give it. */
const names: readonly (readonly [selector: string, name: string])[] = [
  ["#servers", "Server"],
  [".body-param__text, .body-param textarea", "Request body"],
  [".json-schema-form-item-add", "Add an item"],
  [".model-toggle, .models-control", "Show or hide the schema"],
];

/** Names the controls below `root`, and those that are drawn later, until the returned function is called. */
export function nameControls(root: HTMLElement): () => void {
  const name = () => {
    for (const [selector, label] of names) {
      for (const control of root.querySelectorAll(selector)) {
        if (!control.hasAttribute("aria-label") && control.textContent === "")
          control.setAttribute("aria-label", label);
      }
    }
    const server = root.querySelector("#servers");
    server?.setAttribute("aria-label", "Server");
  };
  name();
  const observer = new MutationObserver(name);
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
