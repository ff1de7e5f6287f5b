import { expect, test } from "vitest";
import { decideEmbedding, refuseOpenExampleSignIn } from "./decide-embedding.ts";

test("embeds everything on a bare machine, and says why", () => {
  const embedding = decideEmbedding({}, ".gatebook");
  expect([embedding.database, embedding.cluster, embedding.signIn].map(({ embedded }) => embedded)).toEqual([
    true,
    true,
    true,
  ]);
  expect(embedding.database.says).toContain("DATABASE_URL is not set");
  expect(embedding.cluster.says).toContain("neither KUBECONFIG nor GATEBOOK_MANIFESTS is set");
  expect(embedding.signIn.says).toContain("OIDC_ISSUER is not set");
});

test.each([
  ["database", { DATABASE_URL: "postgresql://db/gatebook" }],
  ["database", { DATABASE_URL_FILE: "/run/secrets/url" }],
  ["cluster", { KUBECONFIG: "/kubeconfig" }],
  ["cluster", { GATEBOOK_MANIFESTS: "/manifests" }],
  ["cluster", { KUBERNETES_SERVICE_HOST: "10.0.0.1" }],
  ["signIn", { OIDC_ISSUER: "https://login.example.com" }],
] as const)("embeds everything but the %s where %o is set", (part, variables) => {
  const embedding = decideEmbedding(variables, ".gatebook");
  for (const name of ["database", "cluster", "signIn"] as const) expect(embedding[name].embedded).toBe(name !== part);
});

test("takes an empty variable as unset", () => {
  expect(decideEmbedding({ DATABASE_URL: "" }, ".gatebook").database.embedded).toBe(true);
});

test("never prints a database's password", () => {
  const { says } = decideEmbedding({ DATABASE_URL: "postgresql://user:hidden@db/gatebook" }, ".gatebook").database;
  expect(says).not.toContain("hidden");
});

test.each([
  ["http://gatebook.example.com", "127.0.0.1"],
  ["http://localhost.example.com", "127.0.0.1"],
  ["http://localhost:3000", "0.0.0.0"],
])("refuses the embedded sign-in at %s on %s", (publicUrl, host) => {
  expect(() => {
    refuseOpenExampleSignIn({ publicUrl, host });
  }).toThrow("embedded sign-in");
});

test.each([
  ["http://localhost:3000", "127.0.0.1"],
  ["http://127.0.0.1:4000", "localhost"],
  ["http://[::1]:3000", "::1"],
])("allows it at %s on %s", (publicUrl, host) => {
  expect(() => {
    refuseOpenExampleSignIn({ publicUrl, host });
  }).not.toThrow();
});
