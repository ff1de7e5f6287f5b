import type { TestCluster } from "../test/integration/cluster.ts";

/** The value of a metric without labels, as Prometheus reads it; NaN where it is not there, or nothing answers. */
export async function readMetric(url: string, name: string): Promise<number> {
  try {
    const text = await (await fetch(url, { signal: AbortSignal.timeout(5_000) })).text();
    return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  } catch {
    return Number.NaN;
  }
}

/** Requests by verb since the API server began, its own to itself among them; of watches, those that are open. */
export async function readApiServerRequests(cluster: TestCluster): Promise<ReadonlyMap<string, number>> {
  const { body } = await cluster.send("GET", "/metrics");
  const counts = new Map<string, number>();
  for (const line of String(body).split("\n")) {
    const [, metric = "", labels = "", value = ""] = /^(apiserver_\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const verb = /verb="([A-Z]+)"/.exec(labels)?.[1] ?? "";
    const isCounted =
      (metric === "apiserver_request_total" && verb !== "WATCH" && verb !== "CONNECT") ||
      (metric === "apiserver_longrunning_requests" && verb === "WATCH");
    if (isCounted) counts.set(verb, (counts.get(verb) ?? 0) + Number(value));
  }
  return counts;
}
