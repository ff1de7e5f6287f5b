import { examples } from "./examples.ts";
import { findApi } from "./find-api.ts";
import { CataloguePage } from "./pages/catalogue-page.ts";
import { expect, test } from "./test.ts";

test("an API for one group is there for its members", async ({ visit }) => {
  const { page } = await visit("otto");
  await page.goto(examples.fraud.path);
  await expect(page.getByRole("heading", { level: 1, name: examples.fraud.title })).toBeVisible();
});

test("for everyone else it cannot be told from one that does not exist", async ({ visit }) => {
  const owner = await visit("otto");
  const { id } = await findApi(owner.page.request, examples.fraud.path);

  const { page, watch } = await visit("carla");
  watch.allow(/404/);
  const catalogue = new CataloguePage(page);
  await catalogue.open("?q=payment");
  await expect(page.getByRole("heading", { name: "No API fits" })).toBeVisible();
  await expect(catalogue.facet("namespace", "team-fraud")).toHaveCount(0);

  const [ofHidden, ofNothing] = [await page.goto(examples.fraud.path), await page.goto("/apis/team-fraud/nothing")];
  expect(ofHidden?.status()).toBe(404);
  expect(ofNothing?.status()).toBe(404);
  for (const part of ["", "/versions", "/changelog", "/versions/current/openapi.json", "/compare?from=1&to=1"]) {
    const hiddenAnswer = await page.request.get(`/api/v1/apis/${id}${part}`);
    const absentAnswer = await page.request.get(`/api/v1/apis/00000000-0000-7000-8000-000000000000${part}`);
    expect(hiddenAnswer.status(), part).toBe(404);
    expect(absentAnswer.status(), part).toBe(404);
    expect(await shape(hiddenAnswer), part).toEqual(await shape(absentAnswer));
  }
});

test("no event of it reaches others", async ({ visit }) => {
  const { page } = await visit("carla");
  await page.goto("/");
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const source = new EventSource("/api/v1/events");
    for (const type of ["message", "api", "version", "notice"]) {
      source.addEventListener(type, (event) => {
        if (event instanceof MessageEvent) heard.push(String(event.data));
      });
    }
    return new Promise((resolve) => (source.onopen = resolve));
  });
  const owner = await visit("otto");
  await owner.page.goto(`${examples.fraud.path}/publish`);
  await owner.page.getByLabel("OpenAPI or Swagger, JSON or YAML").fill(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Payment risk", version: "9.0.0" },
      paths: { "/only": { get: { responses: { "200": { description: "Fine." } } } } },
    }),
  );
  await owner.page.getByRole("button", { name: "Check and compare" }).click();
  await owner.page.getByRole("button", { name: /^Publish version/ }).click();
  await expect(owner.page.getByRole("heading", { name: /is published/ })).toBeVisible();
  await owner.page.goto(`${examples.fraud.path}/versions`);
  await expect(owner.page.getByText("Published by Otto Owner").first()).toBeVisible();
  const heard = await page.evaluate(() => JSON.stringify(Object.getOwnPropertyDescriptor(window, "heard")?.value));
  expect(heard).not.toContain("payment-risk");
});

/** What an answer says, without what differs from request to request. */
async function shape(answer: { json(): Promise<unknown> }): Promise<unknown> {
  const body = await answer.json();
  return body instanceof Object ? { ...body, instance: null } : body;
}
