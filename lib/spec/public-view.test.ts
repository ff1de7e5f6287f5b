import { describe, expect, it } from "vitest";
import type { Json, JsonObject, PathMapping } from "../model/index.ts";
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
    {
      match: "prefix",
      publicPath: new URL(url).pathname,
      backendPath: "/",
      methods: null,
      headers: [],
      except: [],
      ...mapping,
    } as const,
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
    internalHeaders: [],
    explains: null,
    endpoints,
    ...more,
  });
}

function itemsOf(shown: JsonObject): Readonly<Record<string, JsonObject>> {
  return shown["paths"] as Readonly<Record<string, JsonObject>>;
}

function operationOf(shown: JsonObject, path: string, method = "post"): JsonObject {
  return (itemsOf(shown)[path]?.[method] ?? {}) as JsonObject;
}

/** A document with these operations, each as "method path". */
function withOperations(operations: readonly string[], more: JsonObject = {}): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const text of operations) {
    const [method = "get", path = "/"] = text.split(" ");
    paths[path] = { ...paths[path], [method]: { operationId: text.replaceAll(/\W+/g, "_"), responses } };
  }
  return { openapi: "3.1.0", info: { title: "T", version: "1" }, ...more, paths };
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
    expect(operationOf(shown, "/predict")["parameters"]).toMatchObject([
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

describe("several ways to one operation", () => {
  const both = withOperations(["get /x", "post /x"]);

  it("matches are alternatives: their methods add up", () => {
    const url = "https://a.test/x";
    const ways = [
      endpoint(url, { backendPath: "/x", methods: ["GET"] }),
      endpoint(url, { backendPath: "/x", methods: ["POST"] }),
    ];
    const items = itemsOf(view(ways, {}, both));
    expect(Object.keys(items)).toEqual(["/x"]);
    expect(Object.keys(items["/x"] ?? {})).toEqual(["get", "post"]);
    expect(view(ways, {}, both)["servers"]).toEqual([{ url: "https://a.test" }]);
  });

  it("a header is required where every way wants it, with all its values", () => {
    const header = (value: string) => ({ headers: [{ name: "X-Model", value }] });
    const [a, b, plain] = [
      endpoint("https://a.test/", header("a")),
      endpoint("https://a.test/", header("b")),
      endpoint("https://a.test/"),
    ];
    const parametersOf = (ways: readonly Endpoint[]) => operationOf(view(ways, {}, both), "/x")["parameters"];
    expect(parametersOf([a, b])).toMatchObject([{ name: "x-model", required: true, schema: { enum: ["a", "b"] } }]);
    expect(parametersOf([a, plain])).toMatchObject([{ name: "x-model", required: false, schema: { const: "a" } }]);
  });

  it("stands for the document's own word on that header", () => {
    const own = { name: "x-model", in: "header", schema: { type: "string" } };
    const document = { ...both, paths: { "/x": { parameters: [own], post: { parameters: [own], responses } } } };
    const shown = view([endpoint("https://a.test/", { headers: [{ name: "X-Model", value: "a" }] })], {}, document);
    expect(operationOf(shown, "/x")["parameters"]).toMatchObject([{ schema: { const: "a" } }]);
  });

  it("two paths have two operation ids, and an operation that is elsewhere has servers of its own", () => {
    const ways = [
      endpoint("https://a.test/one"),
      endpoint("https://b.test/", { match: "exact", publicPath: "/go", backendPath: "/x" }),
    ];
    const shown = view(ways, {}, both);
    expect(Object.keys(itemsOf(shown))).toEqual(["/x", "/go"]);
    expect(operationOf(shown, "/x")).toMatchObject({ operationId: "post_x", servers: [{ url: "https://a.test/one" }] });
    expect(operationOf(shown, "/go")).toMatchObject({ operationId: "post_x_2", servers: [{ url: "https://b.test" }] });
  });

  it("two operations never share one place: the second is told by its whole path", () => {
    const document = withOperations(["post /v1/x", "post /v2/x"]);
    const ways = [
      endpoint("https://a.test/one", { backendPath: "/v1" }),
      endpoint("https://b.test/two", { backendPath: "/v2" }),
    ];
    const shown = view(ways, {}, document);
    expect(operationOf(shown, "/x")).toMatchObject({ operationId: "post_v1_x" });
    expect(operationOf(shown, "/two/x")).toMatchObject({
      operationId: "post_v2_x",
      servers: [{ url: "https://b.test" }],
    });
  });
});

describe("where a route and a document meet", () => {
  const verbs = withOperations(["get /v1/models/{m}", "post /v1/models/{m}:predict", "get /v1/models/{m}/metadata"]);
  const parameters = [{ name: "m", in: "path", required: true, schema: { type: "string" } }];
  const declared = {
    ...verbs,
    paths: Object.fromEntries(Object.entries(itemsOf(verbs)).map(([path, item]) => [path, { ...item, parameters }])),
  };
  const rank = { publicPath: "/v1/models/rank", backendPath: "/v1/models/rank" } as const;

  it("a prefix by segments exposes the metadata and not the prediction, and fixes the parameter", () => {
    const shown = view([endpoint("https://a.test/v1/models/rank", rank)], {}, declared);
    expect(Object.keys(itemsOf(shown))).toEqual(["/rank", "/metadata"]);
    expect(itemsOf(shown)["/metadata"]).toMatchObject({ parameters: [] });
    expect(shown["x-gatebook-internal-operations"]).toMatchObject([{ method: "post", path: "/v1/models/{m}:predict" }]);
  });

  it("a prefix by text exposes both", () => {
    const named = view(
      [endpoint("https://a.test/v1/models/rank", { ...rank, match: "text-prefix" })],
      {
        modelName: "rank",
        server: "tensorflow-serving",
      },
      withOperations(["get /v1/models/rank", "post /v1/models/rank:predict", "get /v1/models/rank/metadata"]),
    );
    expect(Object.keys(itemsOf(named))).toEqual(["/rank", "/rank:predict", "/metadata"]);
    expect(operationOf(named, "/rank:predict")["servers"]).toEqual([{ url: "https://a.test/v1/models" }]);
  });

  it("an exact path is reached by the template that it is an instance of", () => {
    const exact = {
      match: "exact",
      publicPath: "/go",
      backendPath: "/v1/models/rank:predict",
      methods: ["POST"],
    } as const;
    const shown = view([endpoint("https://a.test/go", exact)], {}, declared);
    expect(Object.keys(itemsOf(shown))).toEqual(["/go"]);
    expect(itemsOf(shown)["/go"]).toMatchObject({ parameters: [] });
  });

  it("no slash is added to what is called, and none is taken from what has one", () => {
    const document = withOperations(["post /rank", "post /rank/"]);
    const shown = view([endpoint("https://a.test/api/rank", { backendPath: "/rank" })], {}, document);
    expect(operationOf(shown, "/rank")["servers"]).toEqual([{ url: "https://a.test/api" }]);
    expect(operationOf(shown, "/")["servers"]).toEqual([{ url: "https://a.test/api/rank" }]);
  });

  it("says which operations no route reaches, and keeps them out of what programs call", () => {
    const shown = view(
      [endpoint("https://a.test/x", { backendPath: "/x" })],
      {},
      withOperations(["get /x", "get /health"]),
    );
    expect(Object.keys(itemsOf(shown))).toEqual(["/x"]);
    expect(shown["x-gatebook-internal-operations"]).toEqual([
      { method: "get", path: "/health", operationId: "get_health" },
    ]);
  });

  it("has the addresses of its routes as servers where they lead to none of its operations", () => {
    expect(
      view([endpoint("https://a.test/y", { backendPath: "/y" })], {}, withOperations(["get /x"]))["servers"],
    ).toEqual([{ url: "https://a.test/y" }]);
  });

  it.each([
    ["a relative one", "api", "/api/x"],
    ["one above", "../", "/x"],
    ["a variable with a default", "/{stage}", "/prod/x"],
    ["a query", "https://h.test/v1?x=1", "/v1/x"],
  ])("a base path counts: %s", (_, url, path) => {
    const document = withOperations(["get /x"], { servers: [{ url, variables: { stage: { default: "prod" } } }] });
    expect(Object.keys(itemsOf(view([endpoint("https://a.test/")], {}, document)))).toEqual([path]);
  });

  it("an operation's own servers are its base path", () => {
    const document = withOperations(["get /x"]);
    const own = { ...document, paths: { "/x": { servers: [{ url: "/other" }], get: { responses } } } };
    expect(Object.keys(itemsOf(view([endpoint("https://a.test/")], {}, own)))).toEqual(["/other/x"]);
    expect(itemsOf(view([], {}, own))["/x"]).toMatchObject({ servers: [{ url: "http://churn.team.svc:80/other" }] });
  });

  it("a base path that the route takes away from the middle is not counted", () => {
    const document = withOperations(["post /v1/chat"], { servers: [{ url: "/llm" }] });
    const shown = view([endpoint("https://a.test/llm/v1", { backendPath: "/v1" })], {}, document);
    expect(shown["servers"]).toEqual([{ url: "https://a.test/llm/v1" }]);
    expect(Object.keys(itemsOf(shown))).toEqual(["/chat"]);
  });

  it("references into paths still lead somewhere after those are renamed", () => {
    const document = withOperations(["get /x"], {
      components: { links: { next: { operationRef: "#/paths/~1x/get" } } },
    });
    const shown = view([endpoint("https://a.test/")], {}, document);
    expect(shown["components"]).toEqual({ links: { next: { operationRef: "#/x-gatebook-source-paths/~1x/get" } } });
    expect(shown["x-gatebook-source-paths"]).toEqual(document["paths"]);
  });

  it("keeps what stands beside the reference of a path item", () => {
    const document: JsonObject = {
      ...withOperations([]),
      paths: {
        "/x/{id}": { $ref: "#/components/pathItems/x", parameters: [{ name: "id", in: "path", required: true }] },
      },
      components: { pathItems: { x: { get: { responses } } } },
    };
    expect(itemsOf(view([endpoint("https://a.test/")], {}, document))["/x/{id}"]).toMatchObject({
      get: { responses },
      parameters: [{ name: "id" }],
    });
  });
});

it("tells the header that reaches a model which is only called inside the cluster", () => {
  const shown = view([], { internalHeaders: [{ name: "Seldon-Model", value: "iris" }] });
  expect(itemsOf(shown)["/predict"]?.["parameters"]).toMatchObject([{ name: "seldon-model", required: true }]);
});

it("fills in names where TorchServe has them, and leaves an application's own parameters alone", () => {
  const item = withOperations(["post /predictions/{model_name}", "get /models/{name}"]);
  const shown = (server: string) => Object.keys(itemsOf(view([], { server, modelName: "iris" }, item)));
  expect(shown("torchserve")).toEqual(["/predictions/iris", "/models/iris"]);
  expect(shown("fastapi")).toEqual(["/predictions/{model_name}", "/models/{name}"]);
});

it("renders YAML in which texts stay texts", () => {
  expect(renderYaml({ a: "yes", b: "1.0", c: "null", d: "# no comment", e: ["-"] })).toBe(
    'a: yes\nb: "1.0"\nc: "null"\nd: "# no comment"\ne:\n  - "-"\n',
  );
});
