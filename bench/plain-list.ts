// Lists kinds with @kubernetes/client-node alone and ends: what discovery's cold start is compared with.
// Arguments: the path of a kubeconfig, then "apiVersion=Kind" for each kind.
import { KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";

const [kubeconfigPath = "", ...kinds] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromFile(kubeconfigPath);
const client = KubernetesObjectApi.makeApiClient(config);
let objects = 0;
for (const [apiVersion = "", kind = ""] of kinds.map((text) => text.split("="))) {
  const list = await client.list(apiVersion, kind);
  objects += list.items.length;
}
process.stdout.write(String(objects));
