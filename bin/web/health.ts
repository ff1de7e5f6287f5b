import type { Store } from "../../lib/store/index.ts";
import type { Handler } from "./http-server.ts";

const isHealthPath = (path: string | undefined): boolean => path === "/healthz" || path === "/readyz";

/** `/healthz` says that the process runs, `/readyz` that it can serve: not while it stops, and not without its database. */
export function createHealth(
  store: Store,
  isStopping: () => boolean,
): { readonly covers: typeof isHealthPath; readonly answer: Handler } {
  const isReady = async (): Promise<boolean> => {
    if (isStopping()) return false;
    try {
      await store.db.$queryRaw`SELECT 1`;
      return true;
    } catch {
      // Whatever keeps the database from answering: the process is not ready, and says so to whoever asks.
      return false;
    }
  };
  return {
    covers: isHealthPath,
    answer: async (req, res) => {
      const known = isHealthPath(req.url);
      const fine = known && (req.url === "/healthz" || (await isReady()));
      res.writeHead(known ? (fine ? 200 : 503) : 404, {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
      });
      res.end(known ? (fine ? "ok\n" : "not ready\n") : "not found\n");
    },
  };
}
