import { createServer } from "node:net";
import { unavailable } from "../failure.ts";

/** A port that is needed, for what, and the setting that changes it. */
export type NeededPort = {
  readonly port: number;
  readonly host: string;
  readonly purpose: string;
  readonly setting: string;
};

function isFree({ port, host }: NeededPort): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (err: NodeJS.ErrnoException) => {
      if (err.code === "EADDRINUSE") resolve(false);
      else if (err.code === "EACCES") resolve(false);
      else reject(err);
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** Throws one message that names every port that cannot be had and the setting to change. */
export async function requireFreePorts(ports: readonly NeededPort[]): Promise<void> {
  const doubled = ports.filter((one, index) => ports.findIndex((other) => other.port === one.port) !== index);
  if (doubled.length > 0) {
    throw unavailable(
      doubled
        .map(
          ({ port, purpose, setting }) =>
            `Port ${String(port)} is asked for twice; ${purpose} needs another: set ${setting}.`,
        )
        .join("\n"),
    );
  }
  const free = await Promise.all(ports.map(isFree));
  const taken = ports.filter((_, index) => free[index] === false);
  if (taken.length === 0) return;
  throw unavailable(
    taken
      .map(
        ({ port, purpose, setting }) => `Port ${String(port)}, for ${purpose}, is taken: set ${setting} to a free one.`,
      )
      .join("\n"),
  );
}
