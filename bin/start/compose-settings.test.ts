import { expect, test } from "vitest";
import type { KeptSecrets } from "../embedded/kept-secrets.ts";
import { composeSettings } from "./compose-settings.ts";
import { decideEmbedding } from "./decide-embedding.ts";

const long = "0123456789abcdef0123456789abcdef";
const secrets: KeptSecrets = {
  sessionSecret: `session-${long}`,
  oidcClientSecret: `client-${long}`,
  oidcCookieKey: `cookie-${long}`,
  oidcSigningKey: { kty: "RSA", n: "n", e: "e", d: "d", kid: "k", use: "sig" },
};

function compose(variables: Record<string, string>) {
  const embedding = decideEmbedding(variables, ".gatebook");
  return composeSettings({ variables, embedding, secrets, clusterFolder: "/data/cluster" });
}

test("gives both roles what they need on a bare machine, on loopback", () => {
  const { web, controller, databaseUrl, publicUrl } = compose({});
  expect(web).toMatchObject({
    HOST: "127.0.0.1",
    PORT: "3000",
    PUBLIC_URL: "http://localhost:3000",
    OIDC_ISSUER: "http://localhost:3001",
    OIDC_CLIENT_ID: "gatebook",
    SESSION_SECRET: secrets.sessionSecret,
    GATEBOOK_ADMIN_GROUPS: "platform",
  });
  expect(controller).toMatchObject({
    GATEBOOK_MANIFESTS: "/data/cluster",
    CLUSTER_NAME: "example",
    METRICS_PORT: "9465",
  });
  expect(controller["GATEBOOK_ALLOW_HOSTS"]?.split(",")).toContain("127.0.0.1:18101");
  expect(databaseUrl).toBeNull();
  expect(publicUrl).toBe("http://localhost:3000");
});

test("follows PORT in the public URL", () => {
  expect(compose({ PORT: "4000" }).publicUrl).toBe("http://localhost:4000");
});

test("uses what is configured, and asks for no port that it does not need", () => {
  const settings = compose({
    DATABASE_URL: "postgresql://db/gatebook",
    GATEBOOK_MANIFESTS: "/mine",
    OIDC_ISSUER: "https://login.example.com",
    OIDC_CLIENT_ID: "portal",
    OIDC_CLIENT_SECRET: "hidden",
    PUBLIC_URL: "https://gatebook.example.com",
  });
  expect(settings.databaseUrl).toBe("postgresql://db/gatebook");
  expect(settings.web).toMatchObject({ OIDC_CLIENT_ID: "portal", PUBLIC_URL: "https://gatebook.example.com" });
  expect(settings.web["GATEBOOK_ADMIN_GROUPS"]).toBeUndefined();
  expect(settings.controller["GATEBOOK_MANIFESTS"]).toBe("/mine");
  expect(settings.controller["GATEBOOK_ALLOW_HOSTS"]).toBe("");
  expect(settings.ports.map(({ setting }) => setting)).toEqual(["PORT", "METRICS_PORT", "METRICS_PORT"]);
});

test("lists every problem at once, each with its setting", () => {
  const broken = { PORT: "many", PUBLIC_URL: "nowhere", SESSION_SECRET: "short", EXAMPLES_GATEWAY_PORT: "0" };
  for (const name of Object.keys(broken)) expect(() => compose(broken)).toThrow(name);
});

test("asks for the client where only the issuer is set", () => {
  expect(() => compose({ OIDC_ISSUER: "https://login.example.com" })).toThrow("OIDC_CLIENT_ID is not set");
});

test("refuses another public URL with the embedded sign-in", () => {
  expect(() => compose({ PUBLIC_URL: "https://gatebook.example.com" })).toThrow(
    "embedded sign-in works on this machine only",
  );
});
