import { describe, expect, it } from "vitest";
import type { AcquisitionRecord, ProbeTarget } from "../model/index.ts";
import { shouldAsk } from "./should-ask.ts";

const target: ProbeTarget = {
  revision: "model",
  line: "main",
  probeKey: "key",
  server: "fastapi",
  protocol: "rest",
  modelName: null,
  examples: [],
  headers: [],
  declared: null,
  addresses: [],
  basePath: "",
  prefixes: [],
  composed: null,
  admission: null,
  mayWake: false,
  isMeshed: false,
  hold: null,
};
const askedAt = new Date("2026-01-01T00:00:00Z");
const record: AcquisitionRecord = {
  revision: "model",
  probeKey: "key",
  askedAt,
  outcome: "fetched",
  failure: null,
  origin: null,
  place: null,
  message: null,
  advice: null,
  etag: null,
  requests: 1,
  failures: 0,
  prefixes: [],
  admission: null,
};
const after = (minutes: number): Date => new Date(askedAt.getTime() + minutes * 60_000);
const day = 24 * 60;

describe("when a revision is asked", () => {
  it("at once where nothing is known of it, its key changed, or it is no longer held", () => {
    expect(shouldAsk(target, null, after(0)).ask).toBe(true);
    expect(shouldAsk({ ...target, probeKey: "other" }, record, after(0)).ask).toBe(true);
    expect(shouldAsk(target, { ...record, outcome: "held" }, after(0)).ask).toBe(true);
  });

  it("never while it is held, whatever changed", () => {
    for (const hold of ["scaled-to-zero", "stopped", "not-ready", "ignored"] as const) {
      expect(shouldAsk({ ...target, probeKey: "other", hold }, record, after(10 * day)).ask).toBe(false);
      expect(shouldAsk({ ...target, hold }, null, after(0)).ask).toBe(false);
    }
  });

  it("once a day, at a time of its own", () => {
    const dueAt = (probeKey: string): number => {
      let minutes = 0;
      while (!shouldAsk({ ...target, probeKey }, { ...record, probeKey }, after(minutes)).ask) minutes += 1;
      return minutes;
    };
    const due = Array.from({ length: 40 }, (_, index) => dueAt(`key-${String(index)}`));
    expect(Math.min(...due)).toBeGreaterThanOrEqual(day);
    expect(Math.max(...due)).toBeLessThanOrEqual(day * 1.1 + 1);
    expect(new Set(due).size).toBeGreaterThan(20);
  });

  it("every ten minutes where it is only a ConfigMap that is read", () => {
    const declared = { kind: "config-map", namespace: "team", name: "docs", key: "openapi.yaml" } as const;
    expect(shouldAsk({ ...target, declared }, record, after(9)).ask).toBe(false);
    expect(shouldAsk({ ...target, declared }, record, after(10)).ask).toBe(true);
  });

  it("though the clock was far ahead, and not for a clock that is a little behind", () => {
    expect(shouldAsk(target, record, after(-5)).ask).toBe(false);
    expect(shouldAsk(target, record, after(-365 * day)).ask).toBe(true);
  });
});
