import { describe, expect, it } from "vitest";
import type { ServiceObservation, ServicePort } from "../sources/index.ts";
import { chooseGrpcPort, chooseHttpPort, httpPorts, isGrpcPort, isPort, isTlsPort } from "./choose-port.ts";

/** A port as "NAME NUMBER APP-PROTOCOL", the name being "-" where it has none. */
function port(text: string, protocol = "TCP"): ServicePort {
  const [name = "", number = "", appProtocol = ""] = text.split(" ");
  return {
    name: name === "-" ? "" : name,
    port: Number(number),
    targetPort: Number(number),
    appProtocol,
    protocol,
  };
}

function service(...ports: readonly (string | ServicePort)[]): ServiceObservation {
  return {
    group: "",
    kind: "Service",
    namespace: "team",
    name: "churn",
    uid: "u",
    createdAt: "",
    labels: {},
    annotations: {},
    owners: [],
    type: "ClusterIP",
    selector: {},
    clusterIp: null,
    headless: false,
    ports: ports.map((own) => (typeof own === "string" ? port(own) : own)),
    loadBalancer: [],
  };
}

describe("the port that speaks HTTP to callers", () => {
  it.each([
    ["the only one, whatever its number", ["- 12345"], 12345],
    ["a name before a number", ["predictor 8000", "http 9000"], 9000],
    ["a word of a name", ["predictor 8000", "http-predict 9000"], 9000],
    ["what is said before a name", ["http 8000", "predictor 9000 http"], 9000],
    ["HTTP/2 in clear text", ["metrics 8000", "predictor 9000 kubernetes.io/h2c"], 9000],
    ["WebSockets", ["predictor 8000", "stream 9000 kubernetes.io/ws"], 9000],
    ["what is said, in any case", ["http 8000", "predictor 9000 HTTP"], 9000],
    ["what is said of a name that says the opposite", ["metrics 8081 http"], 8081],
    ["what is said of a name that says gRPC", ["predictor 7000", "grpc 9000 http"], 9000],
    ["what is said in clear of a name that says TLS", ["https 9000 http", "predictor 7000"], 9000],
    ["the plain one beside what is said to be TLS", ["a 443 HTTPS", "b 7000 http"], 7000],
    ["the plain one beside TLS", ["https 443", "http 80"], 80],
    ["the plain one beside TLS, though its number is less usual", ["https 8000", "http 9000"], 9000],
    ["TLS where there is nothing else", ["https 8443", "metrics 9090"], 8443],
    ["a number that a name explains", ["http 8081"], 8081],
    ["the likelier number of equals", ["a 11434", "b 8501", "c 5000", "d 3000"], 3000],
    ["8000 before 8080 before 80", ["a 80", "b 8080", "c 8000"], 8000],
    ["a usual number before another", ["a 7000", "b 11434"], 11434],
    ["the first of equals", ["a 7000", "b 7001"], 7000],
  ])("%s", (_, ports, number) => {
    expect(chooseHttpPort(service(...ports))?.port).toBe(number);
  });

  it("a port that is named like its Service is judged by its number", () => {
    const own = service("health-risk 7000");
    expect(chooseHttpPort(own)).toBeNull();
    expect(chooseHttpPort({ ...own, name: "health-risk" })?.port).toBe(7000);
  });

  it.each([
    ["metrics", ["metrics 9000", "http-metrics 9001", "prometheus 8000", "http-usermetric 9002"]],
    ["gRPC", ["grpc 8000", "predict-grpc 9000", "predictor 9001 grpc", "http 9002 GRPC"]],
    ["administration and health", ["admin 8000", "http-health 8080", "webhook 443", "pprof 6060"]],
    ["plain TCP", ["tcp-predict 8000", "predictor 8080 tcp", "db 80 mysql"]],
    ["Knative's own", ["http-autometric 80", "http-queueadm 8000"]],
    ["numbers of metrics and queues", ["- 8081", "a 8082", "b 8002", "c 9090", "d 9091", "e 8012", "f 8022"]],
    ["numbers of databases and brokers", ["- 5432", "a 6379", "b 9092", "c 27017", "d 5672"]],
    ["numbers of Ray's head", ["dashboard 8265", "client 10001"]],
    ["UDP", [port("http 8000", "UDP"), port("- 80 http", "SCTP")]],
    ["nothing", []],
  ])("none of %s", (_, ports) => {
    expect(chooseHttpPort(service(...ports))).toBeNull();
    expect(httpPorts(service(...ports))).toEqual([]);
  });

  it.each([
    ["one by number before all others", ["http 8000", "predictor 7000"], [7000], 7000],
    ["one by name before all others", ["http 8000", "predictor 7000"], ["predictor"], 7000],
    ["the better of two", ["predictor 7000", "http 9000", "other 8000"], [7000, 9000], 9000],
    ["none that is for nobody, beside one that is for callers", ["metrics 9090", "http 8000"], [9090], 8000],
    ["one that is for nobody, where there is nothing else", ["metrics 9090", "grpc 9000"], ["metrics"], 9090],
    ["none that it does not have", ["http 8000"], [9999, "other"], 8000],
  ])("a port that routes lead to: %s", (_, ports, routed, number) => {
    expect(chooseHttpPort(service(...ports), routed)?.port).toBe(number);
  });

  it("not a port that routes lead to by UDP", () => {
    expect(chooseHttpPort(service(port("http 8000", "UDP")), [8000])).toBeNull();
  });

  it("all of them keep their order", () => {
    const own = service("https 443", "metrics 9090", "http 80", "- 7000", "grpc 9000");
    expect(httpPorts(own).map(({ port: number }) => number)).toEqual([443, 80, 7000]);
  });
});

describe("the port for gRPC", () => {
  it.each([
    ["by its name", ["http 8000", "grpc 9000"], [], 9000],
    ["by a word of its name", ["http 8000", "predict-grpc 9000"], [], 9000],
    ["by what is said", ["http 8000", "predictor 9000 grpc"], [], 9000],
    ["that a route leads to, before one by name", ["grpc 9000", "predictor 7000"], [7000], 7000],
    ["that a route names", ["grpc 9000", "predictor 7000"], ["predictor"], 7000],
    ["by its name, in any case", ["http 8000", "GRPC-predict 9000"], [], 9000],
    ["none where what is said is against its name", ["grpc 9000 http"], [], null],
    ["none by UDP", [port("grpc 9000", "UDP"), port("predictor 9001 grpc", "SCTP")], [], null],
    ["none by UDP that a route leads to", [port("grpc 9000", "UDP")], [9000], null],
    ["the one by TCP of two with a number", [port("a 9000", "UDP"), port("b 9000")], [9000], 9000],
    ["none where none is shown to be", ["http 8000", "grpcish 9000"], [9999], null],
  ])("%s", (_, ports, routed, number) => {
    expect(chooseGrpcPort(service(...ports), routed)?.port ?? null).toBe(number);
  });
});

describe("what a port is", () => {
  it.each([
    ["https 8443", true],
    ["https-predict 8443", true],
    ["predict-https 8443", true],
    ["predictor 8443 https", true],
    ["predictor 8443 kubernetes.io/wss", true],
    ["predictor 8443 HTTPS", true],
    ["predictor 8443 grpcs", true],
    ["predictor 8443 tls", true],
    ["HTTPS-predict 8443", true],
    ["- 443", true],
    ["predictor 443 http", false],
    ["https 443 http", false],
    ["https 8443 grpc", false],
    ["https 443 kubernetes.io/ws", false],
    ["http 8443", false],
    ["httpsish 80", false],
  ])("%s speaks TLS: %s", (text, expected) => {
    expect(isTlsPort(port(text))).toBe(expected);
  });

  it.each([
    ["grpc 9000", true],
    ["predictor 9000 GRPC", true],
    ["predictor 9000 grpcs", true],
    ["Predict-gRPC 9000", true],
    ["grpc 9000 http", false],
    ["grpc 9000 kubernetes.io/h2c", false],
    ["grpcish 9000", false],
    ["http 9000 http", false],
  ])("%s speaks gRPC: %s", (text, expected) => {
    expect(isGrpcPort(port(text))).toBe(expected);
  });

  it("is meant by its number or its name, and by no other's", () => {
    expect([80, "http", "80", 8080, ""].map((wanted) => isPort(port("http 80"), wanted))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
