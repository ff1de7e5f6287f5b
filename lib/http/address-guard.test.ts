import { describe, expect, it } from "vitest";
import { createAddressGuard } from "./address-guard.ts";

const resolve = async (host: string): Promise<readonly string[]> => {
  const answers: Readonly<Record<string, readonly string[]>> = {
    "models.example.com": ["93.184.216.34"],
    "rebound.example.com": ["93.184.216.34", "169.254.169.254"],
    "inside.example.com": ["127.0.0.1"],
    "churn.team.svc": ["10.0.0.7"],
    "churn.team.svc.cluster.local": ["10.0.0.7"],
    "evil.team.svc": ["169.254.169.254"],
  };
  const found = answers[host];
  if (found === undefined) throw new Error(`ENOTFOUND ${host}`);
  return found;
};
const guard = createAddressGuard({
  allowHosts: ["models.example.com", "rebound.example.com", "127.0.0.1:18101", "inside.example.com:80"],
  refuseHosts: ["10.0.0.1:443"],
  resolve,
});

describe("what is never called, whoever observed or listed it", () => {
  it.each([
    "169.254.169.254",
    "169.254.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "::1",
    "::ffff:127.0.0.1",
    "localhost",
    "metadata.google.internal",
    "evil.team.svc",
    "rebound.example.com",
    "inside.example.com",
    "",
    "[",
  ])("%s", async (host) => {
    expect(await guard.check({ host, port: 8080 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await guard.check({ host, port: 8080 }, "declared")).toMatchObject({ kind: "refused" });
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])("the port %s", async (port) => {
    expect(await guard.check({ host: "10.0.0.7", port }, "observed")).toMatchObject({ kind: "refused" });
  });

  it("the control plane, even where an object names it", async () => {
    expect(await guard.check({ host: "10.0.0.1", port: 443 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await guard.check({ host: "::ffff:10.0.0.1", port: 443 }, "observed")).toMatchObject({ kind: "refused" });
  });
});

describe("what is called", () => {
  it("an address that was observed, pinned as it is", async () => {
    expect(await guard.check({ host: "10.0.0.7", port: 8080 }, "observed")).toEqual({
      kind: "allowed",
      ip: "10.0.0.7",
      family: 4,
    });
    expect(await guard.check({ host: "[2001:db8::7]", port: 8080 }, "observed")).toEqual({
      kind: "allowed",
      ip: "2001:db8::7",
      family: 6,
    });
  });

  it("a Service by the cluster's own name, where it was observed and not where somebody wrote it down", async () => {
    expect(await guard.check({ host: "churn.team.svc.cluster.local", port: 80 }, "observed")).toMatchObject({
      ip: "10.0.0.7",
    });
    expect(await guard.check({ host: "churn.team.svc", port: 80 }, "declared")).toMatchObject({ kind: "refused" });
  });

  it("an address that somebody wrote down, only where an admin listed it", async () => {
    expect(await guard.check({ host: "10.0.0.7", port: 8080 }, "declared")).toMatchObject({ kind: "refused" });
    expect(await guard.check({ host: "models.example.com", port: 443 }, "declared")).toMatchObject({
      ip: "93.184.216.34",
    });
  });

  it("loopback on the very port that is listed, in any spelling", async () => {
    expect(await guard.check({ host: "127.0.0.1", port: 18_101 }, "observed")).toMatchObject({ kind: "allowed" });
    expect(await guard.check({ host: "::ffff:127.0.0.1", port: 18_101 }, "observed")).toMatchObject({
      ip: "127.0.0.1",
    });
    expect(await guard.check({ host: "127.0.0.1", port: 18_102 }, "observed")).toMatchObject({ kind: "refused" });
  });
});
