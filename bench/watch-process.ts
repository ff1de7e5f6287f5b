import { readFileSync } from "node:fs";

/** What Linux says of a process; elsewhere every number is NaN. */
export type ProcessUse = {
  /** User and system time since its start. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  /** The most that ever was. */
  readonly residentBytesMax: number;
};

/** Clock ticks a second, as every Linux that Node runs on has them. */
const ticks = 100;

export function readProcessUse(pid: number): ProcessUse {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    const kib = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
    // The name of the program is in parentheses and may hold spaces.
    const fields = readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    const cpuMs = ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
    return { cpuMs, residentBytes: kib("VmRSS"), residentBytesMax: kib("VmHWM") };
  } catch {
    return { cpuMs: Number.NaN, residentBytes: Number.NaN, residentBytesMax: Number.NaN };
  }
}
