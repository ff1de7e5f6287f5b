import { examples } from "./examples.ts";
import { findApi } from "./find-api.ts";
import { expect, test } from "./test.ts";

const mutations = [
  { method: "PUT", path: "/follow", body: { level: "all" } },
  { method: "DELETE", path: "/follow", body: undefined },
  { method: "POST", path: "/drafts", body: { document: "{}" } },
] as const;

test("no mutation is taken from another origin, or from nowhere, with a session's cookie", async ({ visit }) => {
  const { page } = await visit("otto");
  await page.goto("/");
  const { id } = await findApi(page.request, examples.embeddings.path);
  for (const origin of [undefined, "null", "https://evil.example", "http://localhost:1"]) {
    for (const { method, path, body } of mutations) {
      const answer = await page.request.fetch(`/api/v1/apis/${id}${path}`, {
        method,
        headers: { "content-type": "application/json", ...(origin === undefined ? {} : { origin }) },
        ...(body === undefined ? {} : { data: body }),
      });
      expect(answer.status(), `${method} ${path} from ${String(origin)}`).toBe(403);
    }
    const token = await page.request.post("/api/v1/tokens", {
      headers: origin === undefined ? {} : { origin },
      data: { name: "stolen", expiresInDays: 1 },
    });
    expect(token.status()).toBe(403);
  }
});

test("who is not signed in can change nothing", async ({ request, baseURL }) => {
  const origin = new URL(baseURL ?? "").origin;
  const { id } = await findApi(request, examples.embeddings.path);
  for (const { method, path, body } of mutations) {
    const answer = await request.fetch(`/api/v1/apis/${id}${path}`, {
      method,
      headers: { "content-type": "application/json", origin },
      ...(body === undefined ? {} : { data: body }),
    });
    expect(answer.status(), `${method} ${path}`).toBe(401);
  }
  for (const path of ["/api/v1/notices", "/api/v1/tokens", "/api/v1/admin/sources", "/api/v1/admin/audit"]) {
    expect((await request.get(path)).status(), path).toBe(401);
  }
});

test("administration is for administrators, in the page and in REST", async ({ visit }) => {
  const { page } = await visit("carla");
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "This is not open to you" })).toBeVisible();
  for (const path of ["/api/v1/admin/sources", "/api/v1/admin/audit"]) {
    expect((await page.request.get(path)).status()).toBe(403);
  }
});

test("a call cannot be sent to a place that was not discovered", async ({ visit }) => {
  const { page, watch } = await visit("carla");
  watch.allow(/status of 4/);
  await page.goto(`${examples.sentiment.path}/try`);
  const api = await findApi(page.request, examples.sentiment.path);
  const endpoint = api.endpoints.find(({ reach }) => reach === "public")?.id ?? "";
  const internal = api.endpoints.find(({ reach }) => reach === "cluster")?.id ?? "none";
  const calls = [
    { endpoint: "00000000-0000-7000-8000-000000000000", operation: "GET /", path: "/" },
    { endpoint: internal, operation: "GET /", path: "/" },
    { endpoint, operation: "GET /not-described", path: "/not-described" },
    { endpoint, operation: "GET /not-described", path: "//169.254.169.254/latest" },
    { endpoint, operation: "GET /../../admin", path: "/../../admin" },
  ];
  const answers = await page.evaluate(
    async ({ id, bodies }) =>
      Promise.all(
        bodies.map(async ({ endpoint: endpointId, ...body }) => {
          const answer = await fetch(`/api/v1/apis/${id}/try/${endpointId}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ headers: [], ...body }),
          });
          return answer.status;
        }),
      ),
    { id: api.id, bodies: calls },
  );
  for (const status of answers) expect([400, 403, 404, 422]).toContain(status);
});

test("the policy of each page allows no script but its own", async ({ request }) => {
  const policy = (await request.get("/")).headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src [^;]*'nonce-[^']+'/);
  expect(policy).not.toMatch(/script-src [^;]*'unsafe-(inline|eval)'/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  expect(policy).toMatch(/object-src 'none'/);
});
