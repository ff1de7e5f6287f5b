import { object, pod, service, slice } from "./objects.ts";

/** The spec of one that serves scikit-learn. */
export const sklearn = "predictor: { model: { modelFormat: { name: sklearn }, storageUri: 's3://models/iris' } }";
/** The condition of whatever is ready. */
export const ready = '{ type: Ready, status: "True" }';

/** The InferenceService "iris", which is ready, with further fields of its status. */
export const isvc = (status = "", options: { readonly spec?: string; readonly more?: string } = {}): string =>
  object(
    "serving.kserve.io/v1beta1 InferenceService",
    "iris",
    `spec: { ${options.spec ?? sklearn} }\nstatus: { conditions: [${ready}]${status === "" ? "" : `, ${status}`} }`,
    options.more ?? "",
  );

/** A component of it in Standard mode: Service, pod, slice. */
export const component = (
  name: string,
  kind: string,
  ip: string,
  options: { readonly ready?: boolean; readonly image?: string } = {},
): string => {
  const labels = `serving.kserve.io/inferenceservice: iris, component: ${kind}`;
  return (
    service(name, `app: isvc.${name}`, {
      ip: "10.0.0.9",
      ports: `[{ name: ${name}, port: 80, targetPort: 8080 }]`,
      more: `labels: { ${labels} }`,
    }) +
    pod(`${name}-p`, `app: isvc.${name}, pod-template-hash: h, ${labels}`, {
      image: options.image ?? "docker.io/kserve/sklearnserver:v0.20.0",
      args: "[--model_name=iris]",
      ip,
    }) +
    slice(name, [`${name}-p ${ip}${options.ready === false ? " unready" : ""}`], { port: 8080, portName: name })
  );
};

/** A revision of Knative's, with pods or at zero. */
export const revision = (name: string, active: boolean): string =>
  object(
    "serving.knative.dev/v1 Revision",
    name,
    `status: { actualReplicas: ${active ? "1" : "0"}, conditions: [{ type: Active, status: "${active ? "True" : "False"}"${active ? "" : ", reason: NoTraffic"} }] }`,
  );
