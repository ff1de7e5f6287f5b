/** The value below which `share` (0 to 1) of the samples lie, by nearest rank; NaN for no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** One line of the report. */
export type Figure = { readonly name: string; readonly value: string; readonly budget: string };

/** Milliseconds as people read them. */
export function formatMs(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(0)} ms`;
}

/** Bytes as KiB, to one decimal. */
export function formatKib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

/** The report as a table that can be pasted into a document. */
export function renderFigures(figures: readonly Figure[]): string {
  return [
    "| what | measured | budget |",
    "| --- | --- | --- |",
    ...figures.map((figure) => `| ${figure.name} | ${figure.value} | ${figure.budget} |`),
  ].join("\n");
}
