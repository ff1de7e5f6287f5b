import pino from "pino";

export type Logger = pino.Logger;

/**
 * One JSON line an event on standard output. Fields that usually carry secrets are cut out wherever they appear one or two
 * levels deep; callers still must not log bodies, headers or URLs with credentials.
 */
export function createLogger(role: string, level = "info"): Logger {
  return pino({
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["authorization", "cookie", "password", "secret", "token"].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
      ]),
      censor: "[cut]",
    },
  });
}
