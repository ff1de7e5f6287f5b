import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tryFromSwagger } from "./try-from-swagger.ts";

const target = {
  apiId: "a1",
  endpoints: [
    { id: "root", url: "http://models.localhost:8088" },
    { id: "churn", url: "http://models.localhost:8088/churn" },
  ],
  operations: [
    { id: "POST /predict", method: "post", path: "/predict", servers: ["http://models.localhost:8088/churn"] },
    {
      id: "GET /models/{name}",
      method: "get",
      path: "/models/{name}",
      servers: ["http://models.localhost:8088/churn"],
    },
    { id: "POST /images", method: "post", path: "/images", servers: ["http://models.localhost:8088/churn"] },
    { id: "POST /churn:explain", method: "post", path: "/churn:explain", servers: ["http://models.localhost:8088"] },
  ],
};

beforeAll(() => vi.stubGlobal("location", { href: "http://localhost:3000/apis/a/b/reference" }));
afterAll(() => vi.unstubAllGlobals());

const bodyOf = (request: { readonly [name: string]: unknown }): unknown => JSON.parse(String(request["body"]));

describe("a request of Swagger UI", () => {
  test("becomes one for the endpoint and operation that it means", async () => {
    const sent = await tryFromSwagger(
      {
        url: "http://models.localhost:8088/churn/models/a%20b?limit=2",
        method: "GET",
        headers: { accept: "application/json" },
      },
      target,
    );
    expect(sent).toMatchObject({ url: "/api/v1/apis/a1/try/churn", method: "POST", credentials: "same-origin" });
    expect(bodyOf(sent)).toEqual({
      operation: "GET /models/{name}",
      path: "/models/a%20b",
      query: "limit=2",
      headers: [{ name: "accept", value: "application/json" }],
      body: { kind: "none" },
    });
  });

  test("keeps its text and media type", async () => {
    const sent = await tryFromSwagger(
      {
        url: "http://models.localhost:8088/churn/predict",
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"age":1}',
      },
      target,
    );
    expect(bodyOf(sent)).toMatchObject({
      headers: [{ name: "content-type", value: "application/json" }],
      body: { kind: "text", text: '{"age":1}' },
    });
  });

  test("brings a form with files along as bytes, with the boundary that belongs to them", async () => {
    const form = new FormData();
    form.append("image", new Blob(["png"]), "a.png");
    const sent = await tryFromSwagger(
      {
        url: "http://models.localhost:8088/churn/images",
        method: "POST",
        headers: { "Content-Type": "multipart/form-data" },
        body: form,
      },
      target,
    );
    const call = JSON.stringify(bodyOf(sent));
    expect(call).toMatch(/multipart\/form-data; ?boundary=/);
    expect(call).toMatch(/"kind":"base64"/);
  });

  test("is found below the server of its own that an operation has", async () => {
    const sent = await tryFromSwagger({ url: "http://models.localhost:8088/churn:explain", method: "POST" }, target);
    expect(sent).toMatchObject({ url: "/api/v1/apis/a1/try/churn" });
    expect(bodyOf(sent)).toMatchObject({ operation: "POST /churn:explain", path: "/churn:explain" });
  });

  test.each([
    "http://evil.example/churn/predict",
    "http://models.localhost:9999/churn/predict",
    "https://models.localhost:8088/churn/predict",
  ])("to %s goes nowhere", async (url) => {
    await expect(tryFromSwagger({ url, method: "POST" }, target)).rejects.toThrow("found in the cluster");
  });

  test("for what is not described goes nowhere", async () => {
    await expect(
      tryFromSwagger({ url: "http://models.localhost:8088/churn/other", method: "POST" }, target),
    ).rejects.toThrow("no operation POST /churn/other");
  });
});
