import { z } from "zod";
import { examples } from "./examples.ts";
import { findApi } from "./find-api.ts";
import { ApiPage } from "./pages/api-page.ts";
import { expect, test } from "./test.ts";

test.describe.configure({ mode: "serial" });

const schemasSchema = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

const namesSchema = z.array(z.string());

/** The current description with one more required property in every schema of an object: a breaking change. */
function broken(text: string): string {
  const document = schemasSchema.parse(JSON.parse(text));
  for (const schema of Object.values(document.components.schemas)) {
    if (!(schema["properties"] instanceof Object)) continue;
    schema["properties"] = { ...schema["properties"], purpose: { type: "string" } };
    schema["required"] = [...namesSchema.parse(schema["required"] ?? []), "purpose"];
  }
  return JSON.stringify(document);
}

test("what is not a description is refused with its line", async ({ visit }) => {
  const { page, watch } = await visit("otto");
  watch.allow(/status of 4/);
  await new ApiPage(page, examples.embeddings.path).open("publish");
  await page.getByLabel("OpenAPI or Swagger, JSON or YAML").fill('openapi: 3.1.0\ninfo: {title: "x"\n  version');
  await page.getByRole("button", { name: "Check and compare" }).click();
  await expect(page.getByText(/^line \d+/).first()).toBeVisible();
});

test("an owner pastes a description, sees what it breaks and who is told, and publishes it", async ({ visit }) => {
  const { page } = await visit("otto");
  const api = new ApiPage(page, examples.embeddings.path);
  await api.open();
  const href = (await page.getByRole("link", { name: "OpenAPI, JSON" }).getAttribute("href")) ?? "";
  const current = await page.request.get(`${href}?view=raw`);
  await api.openTab("Publish");
  await page.getByLabel("OpenAPI or Swagger, JSON or YAML").fill(broken(await current.text()));
  await page.getByRole("button", { name: "Check and compare" }).click();
  await expect(page.getByText("Breaking", { exact: true }).first()).toBeVisible();
  await page.getByLabel("Release note").fill("**Say why you ask**: <script>document.title = 'owned'</script>");
  await page.getByRole("button", { name: /^Publish version \d+/ }).click();
  await expect(page.getByRole("heading", { name: /^Version \d+ of .* is published/ })).toBeVisible();
  await page.getByRole("link", { name: "See it in the changelog" }).click();
  await expect(page.getByText(/^Published by Otto Owner/).first()).toBeVisible();
  await expect(page.getByText("Say why you ask")).toBeVisible();
  await expect(page).not.toHaveTitle("owned");
  await api.openTab("Versions");
  await expect(page.getByText("Served by the cluster").first()).toBeVisible();
});

test("who is not the owner reads why, and REST refuses as well", async ({ visit }) => {
  const { page, watch } = await visit("carla");
  watch.allow(/status of 403/);
  await new ApiPage(page, examples.embeddings.path).open("publish");
  await expect(page.getByRole("heading", { name: "This is not open to you" })).toBeVisible();
  const { id } = await findApi(page.request, examples.embeddings.path);
  const status = await page.evaluate(
    async (apiId) =>
      (
        await fetch(`/api/v1/apis/${apiId}/drafts`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ document: "{}" }),
        })
      ).status,
    id,
  );
  expect(status).toBe(403);
});
