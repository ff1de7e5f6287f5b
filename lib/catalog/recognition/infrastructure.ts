import type { ContainerFact } from "../../sources/index.ts";
import { readCommandLine, runs, runsCommand, runsModule } from "./command-line.ts";
import type { CommandLine } from "./command-line.ts";
import { serverRows } from "./server-rows.ts";

function lastPart(...names: readonly string[]): RegExp {
  return new RegExp(`(^|/)(${names.join("|")})$`);
}

/** Last parts of images that nobody else's have: dashboards, gateways' pickers, notebooks, operators' own (DESIGN §4). */
const certainImages = lastPart(
  "pgadmin4?|adminer|phpmyadmin|mongo-express|redis-commander|kafka-ui|kibana|opensearch-dashboards|superset|metabase|airflow|open-webui",
  "epp|llm-d-inference-scheduler|llm-d-routing-sidecar|lmstack-router|ai-gateway-(controller|extproc)|ingress-nginx/controller|nginx-ingress(-controller)?",
  "jupyter[a-z-]*|[a-z]+-notebook|code-?server[a-z-]*|configurable-http-proxy|k8s-hub",
  "mlrun-api|mlrun-ui|mlrun-db|models-web-app|kserve-controller|kserve-localmodel[a-z-]*|storage-initializer|kserve/agent",
  "yatai|yatai-[a-z]+(-[a-z]+)*|kuberay-operator|kuberay/operator|seldonv2-controller|envoyproxy/gateway|nuclio/(controller|dashboard|autoscaler|dlx)",
  "seldon-core-operator|seldon-(scheduler|envoy|agent|rclone|modelgateway|pipelinegateway|dataflow-engine|hodometer|controller)[a-z-]*",
  "(opentelemetry|otel)-collector[a-z-]*|node-exporter|kube-state-metrics|dcgm-exporter|proxyv2|istio-proxy|alibi-detect-server",
);

/** Names that a model's own image may have too, so that what it runs is looked at first: stores, brokers, proxies, monitoring. */
const likelyImages = lastPart(
  "postgres(ql)?|pgvector|mysql|mariadb|mongo(db)?|mongodb-(community|enterprise)-server|redis(-stack(-server)?|-cluster|-sentinel)?|valkey|dragonfly|memcached|cassandra|scylla|clickhouse(-server)?|influxdb|cockroach|timescaledb|neo4j",
  "rabbitmq|kafka(-native)?|cp-(enterprise|kafka|ksql|schema|server|zookeeper)[a-z-]*|zookeeper|nats|pulsar|redpanda|(eclipse-)?mosquitto|schema-registry",
  "etcd|elasticsearch|opensearch|solr|minio|pgbouncer|pgpool|consul|vault|milvus|qdrant|weaviate|chroma|attu",
  "prometheus|alertmanager|pushgateway|grafana(-oss|-enterprise)?|loki|tempo|mimir|thanos|jaeger|zipkin|fluentd|fluent-?bit|vector|statsd|telegraf|[a-z]+[-_]exporter",
  "busybox|pause|nginx|httpd|caddy|haproxy|varnish|squid|dashboard|tensorboard|model-registry",
  "envoy|pilot|traefik|kong|kong-gateway|ambassador|emissary|contour|oauth2-proxy|dex|keycloak|pomerium|keda|argocd|argocli|argoexec|(kubectl-)?argo-(rollouts|events)|workflow-controller",
);

/** Whole repositories of one maker, whatever the image. */
const makers = /(^|\/)(kubeflownotebookswg|jupyterhub|strimzi|cloudnative-pg|bitnami\/kafka|zilliz)\//;

/** Images that would match and are servers all the same. */
const exceptions = /(^|\/)yatai-bentos$/;

/** Everything that stands beside a workload in its pod and never answers for it, by who makes it. */
const sidecars =
  /(^|\/)(proxyv2|istio-proxy|kserve\/agent|kserve\/storage-initializer|serving\/cmd\/queue|queue-proxy|linkerd[a-z-]*\/(proxy|proxy-init)|cr\.l5d\.io\/linkerd\/proxy|oauth2-proxy|envoyproxy\/envoy|envoy|kube-rbac-proxy|cloud-sql-proxy|gce-proxy|llm-d-routing-sidecar|seldon-(agent|rclone)|seldonio\/rclone-storage-initializer|vault-agent|vault|fluent-?bit|otel-collector[a-z-]*|opentelemetry-collector[a-z-]*|[a-z]+[-_]exporter)$/;
const sidecarNames = new Set(["istio-proxy", "queue-proxy", "linkerd-proxy", "kube-rbac-proxy", "cloud-sql-proxy"]);

function describes(line: CommandLine): string | null {
  if (runsCommand(line, "mlflow", "server") || runsCommand(line, "mlflow", "ui") || runsModule(line, "mlflow.server"))
    return "is MLflow's tracking server";
  if (runs(line, "jupyter") || runs(line, "jupyter-lab") || runs(line, "jupyterhub") || runs(line, "start-notebook.sh"))
    return "is a notebook";
  if (runs(line, "airflow") || runsModule(line, "superset")) return "is a tool for people, no API";
  if (runsCommand(line, "streamlit", "run")) return "is a page for people, no API";
  if (runsModule(line, "mlrun.api") || runsModule(line, "mlrun.db")) return "is MLRun's own";
  if (runsModule(line, "chromadb")) return "is a vector database";
  if (runs(line, "manager") || runsCommand(line, "kopf", "run")) return "is an operator";
  return null;
}

/** True for a container that stands beside the workload: proxies of meshes, agents, exporters. */
export function isSidecar(container: ContainerFact): boolean {
  return sidecarNames.has(container.name) || sidecars.test(readCommandLine(container).image);
}

/** Why a container is infrastructure and no model: "… is infrastructure". Null where nothing says so. */
export function infrastructureOf(container: ContainerFact): string | null {
  const line = readCommandLine(container);
  const shown = container.image === "" ? container.name : container.image.slice(0, 200);
  const isCertain = !exceptions.test(line.image) && (certainImages.test(line.image) || makers.test(line.image));
  if (isCertain) return `Its container ${shown} is infrastructure.`;
  const said = describes(line);
  if (said !== null) return `Its container ${shown} ${said}.`;
  const isServer = serverRows.some((row) => row.image?.test(line.image) === true || row.words?.(line) === true);
  return likelyImages.test(line.image) && !isServer ? `Its container ${shown} is infrastructure.` : null;
}
