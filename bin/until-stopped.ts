/**
 * Resolves when the process is asked to stop: by SIGTERM, by SIGINT, or because the process that started it went away.
 * A terminal sends Ctrl-C to npm and to us, and npm passes it on: what comes within a second counts once. After that a second
 * one ends the process at once.
 */
export function untilStopped(onForce: () => void = () => process.exit(1)): Promise<string> {
  return new Promise((resolve) => {
    let askedAt = 0;
    const ask = (why: string) => (): void => {
      if (askedAt === 0) {
        askedAt = Date.now();
        resolve(why);
      } else if (Date.now() - askedAt > 1000) {
        onForce();
      }
    };
    process.on("SIGINT", ask("Ctrl-C"));
    process.on("SIGTERM", ask("SIGTERM"));
    process.once("disconnect", ask("the end of its parent"));
  });
}
