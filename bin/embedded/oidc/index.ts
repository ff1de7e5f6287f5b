import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import Provider, { errors } from "oidc-provider";
import type { Configuration } from "oidc-provider";
import type { KeptSecrets } from "../kept-secrets.ts";
import { createMemoryStore } from "./memory-store.ts";
import { choosePersonPage, messagePage, signOutPage } from "./pages.ts";
import { persons } from "./persons.ts";

export type EmbeddedOidc = { readonly issuer: string; readonly clientId: string; stop(): Promise<void> };

const clientId = "gatebook";

function findPerson(id: string): (typeof persons)[number] | undefined {
  return persons.find((person) => person.id === id);
}

function configurationOf(options: { readonly publicUrl: string; readonly secrets: KeptSecrets }): Configuration {
  const origin = new URL(options.publicUrl).origin;
  return {
    adapter: createMemoryStore(),
    clients: [
      {
        client_id: clientId,
        client_secret: options.secrets.oidcClientSecret,
        redirect_uris: [`${origin}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [origin, `${origin}/`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    cookies: { keys: [options.secrets.oidcCookieKey] },
    jwks: { keys: [options.secrets.oidcSigningKey] },
    scopes: ["openid", "profile", "email", "groups"],
    claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email"], groups: ["groups"] },
    // A relying party of this example reads the ID token alone.
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = messagePage("Signed out", "You can close this page.");
        },
      },
    },
    findAccount: (_ctx, id) => {
      const person = findPerson(id);
      if (person === undefined) return undefined;
      const { name, email, groups } = person;
      return {
        accountId: id,
        claims: async () => ({ sub: id, name, email, email_verified: true, groups: [...groups] }),
      };
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    // The portal is the only client and its own; nobody is asked to consent.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = "html";
      ctx.body = messagePage("Signing in failed", out.error_description ?? out.error);
    },
    ttl: {
      Session: 60 * 60,
      Interaction: 60 * 60,
      Grant: 60 * 60,
      AccessToken: 60 * 60,
      IdToken: 60 * 60,
      AuthorizationCode: 60,
    },
  };
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > 4096) break;
  }
  return new URLSearchParams(text);
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  res.end(html);
}

async function signIn(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const expired = "This sign-in has expired or was finished already. Go back to the portal and begin again.";
  try {
    const interaction = await provider.interactionDetails(req, res);
    if (req.method === "POST") {
      const chosen = findPerson((await readForm(req)).get("person") ?? "");
      if (chosen !== undefined) {
        await provider.interactionFinished(req, res, { login: { accountId: chosen.id } });
        return;
      }
    }
    sendPage(res, 200, choosePersonPage(`/sign-in/${interaction.uid}`));
  } catch (err) {
    if (!(err instanceof errors.SessionNotFound)) throw err;
    sendPage(res, 400, messagePage("Signing in failed", expired));
  }
}

/** Every sign-in is the first: one is always asked who one is, and can change from the consumer to the owner. */
function forgetEarlierSignIn(req: IncomingMessage): void {
  const kept = (req.headers.cookie ?? "").split("; ").filter((pair) => !pair.startsWith("_session"));
  req.headers.cookie = kept.join("; ");
}

/**
 * An OpenID Connect provider for a first run: loopback only, three example persons, no passwords. Rejects with the system's
 * error where the port is taken.
 */
export async function startEmbeddedOidc(options: {
  readonly port: number;
  readonly publicUrl: string;
  readonly secrets: KeptSecrets;
}): Promise<EmbeddedOidc> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : options.port;
  const issuer = `http://localhost:${String(port)}`;
  const provider = new Provider(issuer, configurationOf(options));
  const callback = provider.callback();
  server.on("request", (req, res) => {
    res.setHeader("x-content-type-options", "nosniff");
    res.setHeader("referrer-policy", "no-referrer");
    res.setHeader(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    if (/^\/sign-in\/[\w-]+$/.test(req.url ?? "")) {
      signIn(provider, req, res).catch((err: unknown) => {
        process.stderr.write(`sign-in: ${err instanceof Error ? err.message : String(err)}\n`);
        if (!res.headersSent)
          sendPage(res, 500, messagePage("Signing in failed", "Something broke; see the terminal."));
      });
      return;
    }
    if ((req.url ?? "").startsWith("/auth")) forgetEarlierSignIn(req);
    callback(req, res).catch((err: unknown) => {
      process.stderr.write(`sign-in: ${err instanceof Error ? err.message : String(err)}\n`);
      res.destroy();
    });
  });
  return {
    issuer,
    clientId,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
