import { createLogger, systemClock } from "../base/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import { announceOrigin, readSettings, webSettings } from "../env/index.ts";
import type { WebSettings } from "../env/index.ts";
import { createAddressGuard } from "../http/index.ts";
import type { AddressGuard } from "../http/index.ts";
import { openStore } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { createEventHub } from "./event-hub.ts";
import type { EventHub } from "./event-hub.ts";
import { createRateLimits } from "./rate-limits.ts";
import type { RateLimits } from "./rate-limits.ts";

/** What the web role works with, made once a process. */
export type WebDeps = {
  readonly store: Store;
  readonly settings: WebSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limits: RateLimits;
  readonly events: EventHub;
  /** Where the console may connect to. */
  readonly guard: AddressGuard;
  /** How often an open stream shows that it lives and looks at its session again. */
  readonly heartbeatMs: number;
};

/** Makes them; the first query connects, the first listener listens. */
export function createDeps(
  settings: WebSettings,
  options: { readonly clock?: Clock; readonly heartbeatMs?: number } = {},
): WebDeps {
  announceOrigin(settings.PUBLIC_URL);
  const { hostname, port } = new URL(settings.DATABASE_URL);
  const logger = createLogger("web", settings.LOG_LEVEL);
  const store = openStore({ databaseUrl: settings.DATABASE_URL });
  return {
    store,
    settings,
    logger,
    clock: options.clock ?? systemClock,
    heartbeatMs: options.heartbeatMs ?? 20_000,
    guard: createAddressGuard({
      allowHosts: settings.GATEBOOK_ALLOW_HOSTS,
      refuseHosts: [`${hostname}:${port === "" ? "5432" : port}`],
    }),
    limits: createRateLimits(),
    events: createEventHub({ store, databaseUrl: settings.DATABASE_URL, logger }),
  };
}

declare global {
  // Next bundles pages and routes apart, each with modules of its own; what a process shares lives here.
  var gatebookWeb: WebDeps | undefined;
}

/** The dependencies of this process; the first call reads the settings and throws where they are wrong. */
export function getDeps(): WebDeps {
  globalThis.gatebookWeb ??= createDeps(readSettings(webSettings));
  return globalThis.gatebookWeb;
}

/** Gives this process its dependencies before anything asks for them: for tests, which bring their own. */
export function provideDeps(deps: WebDeps): void {
  globalThis.gatebookWeb = deps;
}
