import type { AccessLog, Place, PlannedObject, ServerCase } from "../server-case.ts";
import type { Container } from "../workload-objects.ts";
import { workloadObjects } from "../workload-objects.ts";

/** Uvicorn's, which many servers print: `INFO:     10.201.0.1:52110 - "GET /health HTTP/1.1" 200 OK`. */
export const uvicornLog: AccessLog = {
  line: /^INFO: .* - "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d+)/,
};
const gunicornLog: AccessLog = {
  line: /^\S+ - - \[[^\]]+\] "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d+)/,
};

/** The objects of an application whose owner wrote a Deployment and a Service for it. */
export function application(
  name: string,
  container: Container,
  annotations: Readonly<Record<string, string>> = {},
): (place: Place) => readonly PlannedObject[] {
  return (place) =>
    workloadObjects({ name, container, labels: { "app.kubernetes.io/name": name }, annotations }, place);
}

const customer = { age: 41, tenure_months: 30 };
const predicts = /^\/(api\/v1\/)?predict$/;

function churn(name: string, environment: ServerCase["environment"]): ServerCase {
  const run = ["uvicorn", "churn_fastapi:app", "--host", "0.0.0.0", "--port", "8000"];
  return {
    name,
    title: "FastAPI",
    package: "fastapi",
    environment,
    command: { words: run.with(0, "{bin}/uvicorn") },
    port: 8000,
    ready: "/health",
    accessLog: uvicornLog,
    predicts,
    calls: [{ operation: "POST /predict", body: customer }],
    api: { kind: "Service", name },
    objects: application(name, { image: `registry.example/growth/${name}:1.4.0`, args: run, ports: { http: 8000 } }),
    expected: {
      server: "fastapi",
      protocol: "rest",
      origin: "fetched",
      path: "/openapi.json",
      operations: ["POST /predict", "GET /health"],
      first: ["GET /openapi.json"],
      daily: ["GET /openapi.json"],
    },
  };
}

const currentFastapi = { name: "fastapi-0.165.0", packages: ["fastapi==0.165.0", "uvicorn==0.54.0"] };

const prefixed: ServerCase = {
  ...churn("fastapi-prefixed", currentFastapi),
  title: "FastAPI, everything below /api/v1",
  command: { words: ["{bin}/uvicorn", "prefixed_fastapi:app", "--host", "0.0.0.0", "--port", "8000"] },
  ready: "/api/v1/health",
  calls: [{ operation: "POST /api/v1/predict", body: { text: "a good day" } }],
  objects: application("fastapi-prefixed", {
    image: "registry.example/research/sentiment:3.1.0",
    command: ["uvicorn"],
    args: ["prefixed_fastapi:app", "--host", "0.0.0.0"],
    ports: { http: 8000 },
  }),
  expected: {
    server: "fastapi",
    protocol: "rest",
    origin: "fetched",
    path: "/api/v1/openapi.json",
    operations: ["POST /api/v1/predict", "GET /api/v1/health"],
    first: ["GET /openapi.json", "GET /api/openapi.json", "GET /api/v1/openapi.json"],
    daily: ["GET /api/v1/openapi.json"],
  },
};

function flask(name: string, title: string, packages: readonly string[], module: string): ServerCase {
  const run = ["gunicorn", `${module}:app`, "--bind", "0.0.0.0:5000", "--access-logfile", "-"];
  return {
    name,
    title,
    package: name,
    environment: { name, packages },
    command: { words: run.with(0, "{bin}/gunicorn") },
    port: 5000,
    ready: "/health",
    accessLog: gunicornLog,
    predicts,
    calls: [{ operation: "POST /predict", body: customer }],
    api: { kind: "Service", name },
    objects: application(name, { image: `registry.example/growth/${name}:2.0`, args: run, ports: { http: 5000 } }),
    expected: {
      server: "flask",
      protocol: "rest",
      origin: "fetched",
      path: "/openapi.json",
      operations: ["POST /predict", "GET /health"],
      first: ["GET /openapi.json"],
      daily: ["GET /openapi.json"],
    },
  };
}

const flasgger = flask("flasgger", "Flask with flasgger", ["flasgger==0.9.7.1", "gunicorn==27.0.1"], "churn_flasgger");

export const webFrameworkCases: readonly ServerCase[] = [
  churn("fastapi-oldest", {
    name: "fastapi-0.95.2",
    packages: ["fastapi==0.95.2", "pydantic<2", "uvicorn==0.54.0"],
  }),
  churn("fastapi-current", currentFastapi),
  prefixed,
  flask("flask-smorest", "Flask with flask-smorest", ["flask-smorest==0.47.0", "gunicorn==27.0.1"], "churn_smorest"),
  {
    ...flasgger,
    expected: {
      ...flasgger.expected,
      path: "/apispec_1.json",
      first: ["GET /openapi.json", "GET /swagger.json", "GET /apispec_1.json"],
      daily: ["GET /apispec_1.json"],
    },
  },
];
