import { describe, expect, it } from "vitest";
import type { JsonObject, PathMapping } from "../model/index.ts";
import { publicView } from "./public-view.ts";
import type { Facing } from "./public-view.ts";
import { renderYaml } from "./render-yaml.ts";

const responses = { 200: { description: "ok" } } as const;
const model = { in: "path", name: "model_name", required: true, schema: { type: "string" } } as const;
const document: JsonObject = {
  openapi: "3.1.0",
  info: { title: "FastAPI", version: "0.1.0" },
  servers: [{ url: "http://localhost:8000" }],
  paths: {
    "/predict": { post: { responses }, get: { responses } },
    "/admin/reload": { post: { responses } },
    "/v2/models/{model_name}/infer": { post: { parameters: [model], responses } },
  },
};

type Endpoint = Facing["endpoints"][number];

function endpoint(
  url: string,
  mapping: Partial<PathMapping> = {},
  requiredHeaders: Endpoint["requiredHeaders"] = [],
): Endpoint {
  const paths = [
    { match: "prefix", publicPath: new URL(url).pathname, backendPath: "/", methods: null, ...mapping } as const,
  ];
  return { url, paths, requiredHeaders };
}

function view(endpoints: readonly Endpoint[], more: Partial<Facing> = {}, from = document): JsonObject {
  return publicView(from, {
    title: "Churn",
    modelName: null,
    server: null,
    protocol: null,
    internalUrl: "http://churn.team.svc:80",
    endpoints,
    ...more,
  });
}

function itemsOf(shown: JsonObject): Readonly<Record<string, JsonObject>> {
  return shown["paths"] as Readonly<Record<string, JsonObject>>;
}

describe("the view from outside", () => {
  it("has the API's own title and keeps the framework's", () => {
    expect(view([])["info"]).toEqual({ title: "Churn", version: "0.1.0", "x-original-title": "FastAPI" });
  });

  it("shows the internal server and all operations where no route is public", () => {
    const shown = view([]);
    expect(shown["x-gatebook-internal"]).toBe(true);
    expect(shown["servers"]).toEqual([{ url: "http://churn.team.svc:80" }]);
    expect(Object.keys(itemsOf(shown))).toHaveLength(3);
  });

  it("has the true server and the paths below it", () => {
    const shown = view([endpoint("https://models.test/api/churn")]);
    expect(shown["servers"]).toEqual([{ url: "https://models.test/api/churn" }]);
    expect(Object.keys(itemsOf(shown))).toContain("/predict");
    expect(shown["x-gatebook-internal"]).toBeUndefined();
  });

  it("leaves out what no route reaches, by path and by method", () => {
    const exact = { match: "exact", publicPath: "/predict", backendPath: "/predict", methods: ["POST"] } as const;
    const items = itemsOf(view([endpoint("https://models.test/", exact)]));
    expect(Object.keys(items)).toEqual(["/predict"]);
    expect(Object.keys(items["/predict"] ?? {})).toEqual(["post"]);
  });

  it("does not take a part of a segment for a prefix", () => {
    const part = { publicPath: "/pre", backendPath: "/pre" };
    expect(itemsOf(view([endpoint("https://models.test/pre", part)]))).toEqual({});
  });

  it("puts the model's name where its parameter was", () => {
    const item = itemsOf(view([], { modelName: "iris" }))["/v2/models/iris/infer"];
    expect(item?.["post"]).toMatchObject({ parameters: [] });
  });

  it("leaves out what is for who runs the server, and the protocol that the model is not deployed with", () => {
    const item = { get: { responses } };
    const kserve: JsonObject = {
      openapi: "3.1.0",
      info: { title: "KServe ModelServer", version: "0.15.2" },
      paths: Object.fromEntries(
        ["/", "/metrics", "/v1/models/{model_name}:predict", "/v2", "/v2/models/{model_name}/infer"]
          .concat("/v2/repository/models/{model_name}/load")
          .map((path) => [path, item]),
      ),
    };
    const shown = (server: string | null, protocol: Facing["protocol"]): readonly string[] =>
      Object.keys(itemsOf(view([], { server, protocol, modelName: "iris" }, kserve)));
    expect(shown("kserve", "open-inference")).toEqual(["/", "/v2", "/v2/models/iris/infer"]);
    expect(shown("kserve", "kserve-v1")).toEqual(["/", "/v1/models/iris:predict"]);
    expect(shown("mlserver", "open-inference")).toHaveLength(4);
    expect(shown(null, "rest")).toHaveLength(6);
  });

  it("asks for the header that the route matches on", () => {
    const shown = view([endpoint("https://models.test/", {}, [{ name: "X-Model", value: "churn" }])]);
    expect(itemsOf(shown)["/predict"]?.["parameters"]).toMatchObject([
      { name: "x-model", in: "header", required: true, schema: { const: "churn" } },
    ]);
  });

  it("counts the workload's base path, unless the route takes that very prefix away", () => {
    const based = { ...document, servers: [{ url: "http://localhost/models/churn" }] };
    expect(Object.keys(itemsOf(view([endpoint("https://a.test/")], {}, based)))).toContain("/models/churn/predict");
    const stripped = view([endpoint("https://a.test/models/churn")], {}, based);
    expect(stripped["servers"]).toEqual([{ url: "https://a.test/models/churn" }]);
    expect(Object.keys(itemsOf(stripped))).toContain("/predict");
    const kept = view([endpoint("https://a.test/models/churn", { backendPath: "/models/churn" })], {}, based);
    expect(Object.keys(itemsOf(kept))).toContain("/predict");
    expect(view([], {}, based)["servers"]).toEqual([{ url: "http://churn.team.svc:80/models/churn" }]);
  });
});

it("renders YAML in which texts stay texts", () => {
  expect(renderYaml({ a: "yes", b: "1.0", c: "null", d: "# no comment", e: ["-"] })).toBe(
    'a: yes\nb: "1.0"\nc: "null"\nd: "# no comment"\ne:\n  - "-"\n',
  );
});
