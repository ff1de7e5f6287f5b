import { startCluster } from "../test/integration/cluster.ts";
import { gatewayAndKserveKinds, makeDefinitions } from "../test/integration/definitions.ts";
import { launchBrowser } from "../test/portal/launch-browser.ts";
import { signInAs } from "../test/portal/sign-in.ts";
import { startPortal } from "../test/portal/start-portal.ts";
import { buildPages } from "../tools/demo-real/build-pages.ts";
import { formatMs, percentile } from "./figures.ts";
import type { Figure } from "./figures.ts";

const changes = 50;

/** From the moment that a change is sent to the API server until a page that was open all the time shows it. */
export async function measureVisible(): Promise<readonly Figure[]> {
  await buildPages();
  const cluster = await startCluster();
  const service = (title: string) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "model", namespace: "bench", annotations: { "gatebook.dev/title": title } },
    spec: { clusterIP: "None", selector: { app: "model" }, ports: [{ name: "http", port: 80 }] },
  });
  try {
    await cluster.apply(makeDefinitions(gatewayAndKserveKinds));
    await cluster.apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "bench" } },
      service("Model at first"),
    ]);
    const portal = await startPortal({ kubeconfigPath: cluster.kubeconfigPath });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const [url = ""] = portal.webUrls;
      await signInAs(page, url, "Carla Consumer");
      await page.getByText("Model at first").first().waitFor({ timeout: 30_000 });
      const samples: number[] = [];
      for (let turn = 0; turn < changes; turn += 1) {
        const title = `Model after change ${String(turn)}`;
        const seen = page.waitForFunction((text) => document.body.innerText.includes(text), title, {
          polling: "raf",
          timeout: 30_000,
        });
        const startedMs = performance.now();
        await cluster.apply([service(title)]);
        await seen;
        samples.push(performance.now() - startedMs);
      }
      return [
        {
          name: `Apply to visible on an open page, ${String(changes)} changes, p50`,
          value: formatMs(percentile(samples, 0.5)),
          budget: "",
        },
        { name: "the same, p95", value: formatMs(percentile(samples, 0.95)), budget: "2 s" },
        { name: "the same, slowest", value: formatMs(Math.max(...samples)), budget: "" },
      ];
    } finally {
      await browser.close();
      await portal.stop();
    }
  } finally {
    await cluster.stop();
  }
}
