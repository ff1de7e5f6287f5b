import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { expect, test } from "./test.ts";

const manifest = join(process.env["E2E_DATA"] ?? "", "cluster", "lines.yaml");
const namespace = "team-offers";

const service = (name: string): unknown => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace, uid: name, creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: { selector: { app: name }, ports: [{ name: "http", port: 80 }] },
});

/** A description of two operations, of which the route lets one through. */
const description = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Offers", version: "1.0" },
  paths: Object.fromEntries(
    ["/quote", "/admin/reload"].map((path) => [
      path,
      { post: { summary: `Calls ${path}`, responses: { "200": { description: "It is done." } } } },
    ]),
  ),
});

const named = (name: string, targets: readonly unknown[]): unknown => ({
  apiVersion: "gatebook.dev/v1alpha1",
  kind: "ApiDescription",
  metadata: { name, namespace, uid: name, creationTimestamp: "2026-01-02T00:00:00Z" },
  spec: { title: "Offers", targetRefs: targets, description: { inline: description } },
});

const route = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "offers", namespace, uid: "route", generation: 1 },
  spec: {
    parentRefs: [{ name: "models", namespace: "infra" }],
    hostnames: ["offers.models.localhost"],
    rules: [
      {
        matches: [{ path: { type: "PathPrefix", value: "/quote" } }],
        backendRefs: [{ name: "offers-v1", port: 80 }],
      },
    ],
  },
  status: {
    parents: [
      {
        parentRef: { name: "models", namespace: "infra" },
        controllerName: "example.com/gateway",
        conditions: ["Accepted", "ResolvedRefs"].map((type) => ({
          type,
          status: "True",
          reason: type,
          observedGeneration: 1,
        })),
      },
    ],
  },
};

async function apply(...objects: readonly unknown[]): Promise<void> {
  await writeFile(manifest, objects.map((object) => stringify(object)).join("---\n"));
}

test.afterAll(async () => {
  await rm(manifest, { force: true });
});

test("v1 and v2 side by side are lines of one API, and it keeps its page's address when it gets a name", async ({
  visit,
}) => {
  const { page, watch } = await visit("carla");
  watch.allow(/status of 404/);
  const first = [{ kind: "Service", name: "offers-v1", line: "v1" }];
  await apply(service("offers-v1"), service("offers-v2"), route, named("offers", first));
  await expect(async () => {
    await page.goto(`/apis/${namespace}/offers`);
    await expect(page.getByRole("heading", { level: 1, name: "Offers" })).toBeVisible({ timeout: 2_000 });
    await expect(page.getByText("http://offers.models.localhost").first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText("1 more are internal: no route reaches them.")).toBeVisible();
  await page.getByRole("link", { name: "Reference" }).click();
  await expect(page.getByRole("heading", { name: "Internal operations" })).toBeVisible();
  await expect(page.getByText("/admin/reload", { exact: true })).toBeVisible();

  await apply(
    service("offers-v1"),
    service("offers-v2"),
    route,
    named("best-offers", [...first, { kind: "Service", name: "offers-v2", line: "v2" }]),
  );
  await expect(async () => {
    await page.goto(`/apis/${namespace}/offers/changelog?from=mail`);
    await expect(page).toHaveURL(/\/apis\/team-offers\/best-offers\/changelog\?from=mail$/, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await page.goto(`/apis/${namespace}/best-offers`);
  const lines = page.getByRole("navigation", { name: "Lines of versions" });
  await expect(lines.getByRole("link", { name: "v1 v1" })).toBeVisible();
  await expect(lines.getByRole("link", { name: "v2 v1" })).toBeVisible({ timeout: 20_000 });
  await lines.getByRole("link", { name: "v2 v1" }).click();
  await expect(page).toHaveURL(/best-offers\/reference\?line=v2$/);
});
