import { createLogger, systemClock } from "../base/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import { announceOrigin, readSettings, webSettings } from "../env/index.ts";
import type { WebSettings } from "../env/index.ts";
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
};

/** Makes them; the first query connects, the first listener listens. */
export function createDeps(settings: WebSettings, clock: Clock = systemClock): WebDeps {
  announceOrigin(settings.PUBLIC_URL);
  const logger = createLogger("web", settings.LOG_LEVEL);
  const store = openStore({ databaseUrl: settings.DATABASE_URL });
  return {
    store,
    settings,
    logger,
    clock,
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
