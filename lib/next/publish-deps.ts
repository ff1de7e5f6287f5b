import type { PublishDeps } from "../acts/index.ts";
import { createTeller } from "../notices/index.ts";
import { commitVersion, planVersion } from "../versions/index.ts";
import type { VersionPlan } from "../versions/index.ts";
import type { WebDeps } from "./deps.ts";

/** What publishing needs beside the store: the same versions and notices as the controller's. */
export function publishDeps(deps: WebDeps): PublishDeps<VersionPlan> {
  const { store, clock, settings } = deps;
  const tellFollowers = createTeller({
    adminGroups: settings.GATEBOOK_ADMIN_GROUPS,
    mail: settings.SMTP_URL !== undefined,
  });
  return { store, clock, planVersion: (db, input) => planVersion(db, input), commitVersion, tellFollowers };
}
