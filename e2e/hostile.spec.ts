import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { expect, test } from "./test.ts";

const words = [
  "<script>document.title = 'owned'</script>",
  "<img src=x onerror=\"document.title='owned'\">",
  "![tracker](http://evil.example/pixel.png)",
  "[click](javascript:document.title='owned')",
  "<style>body { display: none }</style>",
  '<iframe src="http://evil.example"></iframe>',
].join("\n\n");

test("what a description says never runs, loads or hides anything", async ({ visit }) => {
  const { page } = await visit("otto");
  const api = new ApiPage(page, examples.fraud.path);
  await api.open("publish");
  await page.getByLabel("OpenAPI or Swagger, JSON or YAML").fill(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "<b>Payment risk</b>", version: "<i>66</i>", description: words },
      tags: [
        { name: "<u>tag</u>", description: words, externalDocs: { url: "javascript:alert(1)", description: words } },
      ],
      paths: {
        "/<script>": {
          post: {
            tags: ["<u>tag</u>"],
            summary: words,
            description: words,
            parameters: [
              { name: "<img src=x>", in: "query", description: words, schema: { type: "string", description: words } },
            ],
            responses: { "200": { description: words } },
          },
        },
        "/elsewhere": { get: { responses: { "200": { $ref: "http://evil.example/responses.json#/a" } } } },
      },
    }),
  );
  await page.getByRole("button", { name: "Check and compare" }).click();
  await page.getByRole("button", { name: /^Publish version/ }).click();
  await expect(page.getByRole("heading", { name: /is published/ })).toBeVisible();

  for (const part of ["", "reference", "changelog", "try", "versions", "source"]) {
    await api.open(part);
    await expect(api.heading(examples.fraud.title)).toBeVisible();
    if (part === "reference") {
      await page.locator(".opblock-summary-control").first().click({ timeout: 30_000 });
      await page.locator(".opblock-body").first().waitFor();
    }
    await expect(page).not.toHaveTitle(/owned/);
    await expect(page.locator('main img, main iframe, main a[href^="javascript"]')).toHaveCount(0);
  }
  // The listeners of `visit` fail the test for any script error, violation of the policy or request to somebody else.
});
