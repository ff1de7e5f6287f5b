import { Logger as QueueLogger } from "graphile-worker";
import type { Logger } from "../base/index.ts";

/** The job queue's words in our log, one level lower than it thinks them to be; null drops them. */
export function queueLogger(logger: Logger | null): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    if (logger === null) return;
    const details = { room: "queue", ...(meta?.["error"] === undefined ? {} : { err: meta["error"] }) };
    switch (level) {
      case "error":
        logger.error(details, message);
        return;
      case "warning":
        logger.warn(details, message);
        return;
      default:
        logger.debug(details, message);
    }
  });
}
