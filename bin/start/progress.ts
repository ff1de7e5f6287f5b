/** Lines for the person at the terminal, each with the seconds since the start. */
export type Progress = {
  say(text: string): void;
  step(text: string): void;
  complain(text: string): void;
  seconds(): number;
};

/** Writes to standard output, complaints to standard error. */
export function createProgress(now: () => number = () => performance.now()): Progress {
  const began = now();
  const seconds = (): number => (now() - began) / 1000;
  return {
    seconds,
    say: (text) => {
      process.stdout.write(`${text}\n`);
    },
    step: (text) => {
      process.stdout.write(`  ${seconds().toFixed(1).padStart(5)} s  ${text}\n`);
    },
    complain: (text) => {
      process.stderr.write(`${text}\n`);
    },
  };
}
