import { settingProblem } from "../failure.ts";

export type Part = {
  /** True where it is started alongside; false where the company's own is used. */
  readonly embedded: boolean;
  /** What it is and why, for the person at the terminal. */
  readonly says: string;
};
export type Embedding = { readonly database: Part; readonly cluster: Part; readonly signIn: Part };

type Variables = Readonly<Record<string, string | undefined>>;

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

function given(variables: Variables, name: string): boolean {
  return (variables[name] ?? "") !== "" || (variables[`${name}_FILE`] ?? "") !== "";
}

/** What is not configured is embedded; what is configured is used, and never silently replaced. */
export function decideEmbedding(variables: Variables, dataFolder: string): Embedding {
  const database: Part = given(variables, "DATABASE_URL")
    ? { embedded: false, says: "the one that DATABASE_URL names" }
    : { embedded: true, says: `an embedded Postgres with its data in ${dataFolder}, because DATABASE_URL is not set` };
  const cluster: Part = given(variables, "GATEBOOK_MANIFESTS")
    ? { embedded: false, says: `the manifests in ${variables["GATEBOOK_MANIFESTS"] ?? ""}, as GATEBOOK_MANIFESTS says` }
    : given(variables, "KUBECONFIG")
      ? { embedded: false, says: `the one of the kubeconfig ${variables["KUBECONFIG"] ?? ""}` }
      : given(variables, "KUBERNETES_SERVICE_HOST")
        ? { embedded: false, says: "the one that this pod runs in" }
        : {
            embedded: true,
            says: `the example in ${dataFolder}/cluster with its model servers, because neither KUBECONFIG nor GATEBOOK_MANIFESTS is set`,
          };
  const signIn: Part = given(variables, "OIDC_ISSUER")
    ? { embedded: false, says: `the identity provider ${variables["OIDC_ISSUER"] ?? ""}` }
    : {
        embedded: true,
        says: "three example persons without passwords, on this machine only, because OIDC_ISSUER is not set",
      };
  return { database, cluster, signIn };
}

/** The embedded sign-in lets anybody in as anybody: it must not be reachable from another machine. */
export function refuseOpenExampleSignIn(settings: { readonly publicUrl: string; readonly host: string }): void {
  const publicHost = new URL(settings.publicUrl).hostname;
  if (!loopbackHosts.has(publicHost)) {
    throw settingProblem(
      `PUBLIC_URL is ${settings.publicUrl}, and the embedded sign-in works on this machine only: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or leave PUBLIC_URL out.`,
    );
  }
  if (!loopbackHosts.has(settings.host)) {
    throw settingProblem(
      `HOST is ${settings.host}, and the embedded sign-in works on this machine only: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or leave HOST out.`,
    );
  }
}
