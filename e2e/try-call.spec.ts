import { makePng } from "./make-png.ts";
import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { expect, test } from "./test.ts";

test("the console sends the prefilled example through the portal and shows the answer", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("try");
  const sent = page.waitForRequest((request) => request.url().includes("/try/"));
  await page.getByRole("button", { name: "Send POST" }).click();
  expect((await sent).method()).toBe("POST");
  await expect(api.answer.getByText(/^200 (?!ms)/)).toBeVisible();
  await expect(api.answer.getByText(/ms ·/)).toBeVisible();
  await api.answer.getByRole("tab", { name: "Headers" }).click();
  await expect(api.answer.getByText(/content-type: application\/json/)).toBeVisible();
});

test("what is not JSON is refused before it is sent", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("try");
  await page.getByLabel(/^Body/).fill("{");
  await page.getByRole("button", { name: "Send POST" }).click();
  await expect(page.getByText(/^This is not JSON/)).toBeVisible();
});

test("the API's own refusal is told apart from the portal's", async ({ visit }) => {
  const { page, watch } = await visit("carla");
  watch.allow(/status of 4/);
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("try");
  await page.getByLabel(/^Body/).fill('{"wrong": true}');
  await page.getByRole("button", { name: "Send POST" }).click();
  await expect(page.getByText("The API refused the call or failed")).toBeVisible();
  await expect(api.answer.getByText(/^422 (?!ms)/)).toBeVisible();
});

test("a streamed answer arrives piece by piece as text", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.chat.path);
  await api.open(`try?op=${encodeURIComponent("POST /v1/chat/completions")}`);
  const body = page.getByLabel(/^Body/);
  const example: unknown = JSON.parse(await body.inputValue());
  await body.fill(JSON.stringify({ ...(example instanceof Object ? example : {}), stream: true }));
  await page.getByRole("button", { name: "Send POST" }).click();
  await expect(api.answer.getByRole("tab", { name: "Raw" })).toBeVisible();
  await api.answer.getByRole("tab", { name: "Raw" }).click();
  await expect(api.answer.getByText(/\[DONE\]/)).toBeVisible({ timeout: 30_000 });
});

test("an image goes up as a part of a form", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.palette.path);
  await api.open("try");
  const file = page.locator('input[type="file"]');
  // A person cannot choose a file before the page's code is there; a test that does not wait can.
  await expect(file).toBeEnabled();
  await file.setInputFiles({ name: "red.png", mimeType: "image/png", buffer: makePng(16, 16, [200, 30, 40]) });
  await page.getByRole("button", { name: "Send POST" }).click();
  await expect(api.answer.getByText(/^200 (?!ms)/)).toBeVisible();
});

test("Swagger UI's own call goes through the portal too", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("try");
  const id = await page.getByLabel("Operation").inputValue();
  const [method = "", path = ""] = id.split(" ");
  await api.open(`reference?op=${encodeURIComponent(id)}`);
  const operation = api.operation(method, path);
  await operation.getByRole("button", { name: "Try it out" }).click({ timeout: 30_000 });
  const answered = page.waitForResponse((response) => response.url().includes("/try/"));
  await operation.getByRole("button", { name: "Execute" }).click();
  expect((await answered).status()).toBe(200);
  await expect(operation.locator(".live-responses-table .response-col_status").last()).toContainText("200");
});
