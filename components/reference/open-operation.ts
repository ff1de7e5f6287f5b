const patienceMs = 15_000;

/**
 * Unfolds one operation ("<METHOD> <path>") of a Swagger UI below `root` and brings it into view, as soon as it is there:
 * Swagger UI says that it is complete before it has drawn anything. Gives up quietly; returns how to give up sooner.
 */
export function openOperation(root: HTMLElement, operation: string): () => void {
  const space = operation.indexOf(" ");
  const method = operation.slice(0, space).toUpperCase();
  const path = operation.slice(space + 1);
  const open = (): boolean => {
    for (const block of root.querySelectorAll<HTMLElement>(".opblock")) {
      if (block.querySelector<HTMLElement>("[data-path]")?.dataset["path"] !== path) continue;
      if (block.querySelector(".opblock-summary-method")?.textContent?.toUpperCase() !== method) continue;
      const control = block.querySelector<HTMLElement>(".opblock-summary-control");
      if (control?.getAttribute("aria-expanded") !== "true") control?.click();
      requestAnimationFrame(() => block.scrollIntoView({ block: "start" }));
      return true;
    }
    return false;
  };
  const observer = new MutationObserver(() => {
    if (open()) stop();
  });
  const timer = setTimeout(() => observer.disconnect(), patienceMs);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  if (open()) stop();
  else observer.observe(root, { childList: true, subtree: true });
  return stop;
}
