import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65535);
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );

/** Settings that every role reads. */
export const baseSettings = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: "must be a PostgreSQL URL, such as postgresql://user:password@host:5432/gatebook",
  }),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** 0 switches the metrics listener off. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(9464),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be the URL that browsers use, such as https://gatebook.example.com" })
    .default("http://localhost:3000"),
  DESCRIPTION_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1024)
    .max(256 * 1024 * 1024)
    .default(16 * 1024 * 1024),
  /** Hosts or host:port pairs, beyond what the cluster shows, that descriptions may be fetched from. */
  GATEBOOK_ALLOW_HOSTS: list,
});
export type BaseSettings = z.infer<typeof baseSettings>;

export const webSettings = baseSettings.extend({
  /** Answers are checked against the contract everywhere but in production. */
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  PORT: port.default(3000),
  /** The address to listen on; the embedded sign-in narrows it to loopback. */
  HOST: z.string().default("0.0.0.0"),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: "must be the identity provider's issuer URL" }),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  OIDC_GROUPS_CLAIM: z.string().default("groups"),
  GATEBOOK_ADMIN_GROUPS: list,
  SESSION_SECRET: z
    .string()
    .min(32, "must be at least 32 characters of randomness, such as the output of: openssl rand -base64 48"),
  /** How many proxies in front may be trusted to have set X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
});
export type WebSettings = z.infer<typeof webSettings>;

export const controllerSettings = baseSettings.extend({
  CLUSTER_NAME: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/, "must be lower-case letters, digits, dots and hyphens")
    .default("default"),
  /** Path of a kubeconfig; without it the in-cluster account, unless GATEBOOK_MANIFESTS is set. */
  KUBECONFIG: z.string().optional(),
  /** A folder of Kubernetes YAML to read instead of a cluster. */
  GATEBOOK_MANIFESTS: z.string().optional(),
  /** Namespaces whose owners may make an API public with an annotation. */
  GATEBOOK_PUBLIC_NAMESPACES: list,
  /** Where its pod is, by the downward API: tells whether a NetworkPolicy lets the portal in. */
  POD_NAMESPACE: z.string().min(1).optional(),
  POD_NAME: z.string().min(1).optional(),
  /** The address of the health and metrics listener; the embedded sign-in narrows it to loopback. */
  HOST: z.string().default("0.0.0.0"),
  /** Members see every API, so they are told of those that they follow. */
  GATEBOOK_ADMIN_GROUPS: list,
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be an SMTP URL, such as smtp://mail.example.com:587" })
    .optional(),
  SMTP_FROM: z.string().default("Gatebook <gatebook@localhost>"),
});
export type ControllerSettings = z.infer<typeof controllerSettings>;
