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
    "fd00:ec2::23",
    "fd20:ce::254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "::169.254.169.254",
    "fe80::5efe:a9fe:a9fe",
    "2001:db8::5efe:10.0.0.7",
    "2001:0:a9fe:a9fe::1",
    "::ffff:0:169.254.169.254",
    "64:ff9b:1::a9fe:a9fe",
    "fec0::1",
    "240.0.0.1",
    "169.254.169.254.",
    "[::ffff:a9fe:a9fe]",
    "１６９.２５４.１６９.２５４",
    "169。254。169。254",
    "169.254.169.254%00.example.com",
    "%31%36%39.254.169.254",
    "user@169.254.169.254",
    "169.254.169.254#models.example.com",
    "models.example.com@169.254.169.254",
    "127.0.0.1.nip.io",
    "models.example.com.evil.example",
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

  it("a name only where an admin listed it, wherever it was seen", async () => {
    for (const host of ["churn.team.svc", "churn.team.svc.cluster.local"]) {
      expect(await guard.check({ host, port: 80 }, "observed")).toMatchObject({ kind: "refused" });
      expect(await guard.check({ host, port: 80 }, "declared")).toMatchObject({ kind: "refused" });
    }
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

describe("names whose answers change", () => {
  it("lead to what was checked: one look-up, and its answer is the address", async () => {
    let asked = 0;
    const answers = [["93.184.216.34"], ["169.254.169.254"], ["127.0.0.1"]];
    const rebinding = createAddressGuard({
      allowHosts: ["models.example.com"],
      resolve: async () => answers[asked++] ?? [],
    });
    const check = () => rebinding.check({ host: "models.example.com", port: 80 }, "declared");
    expect(await check()).toEqual({ kind: "allowed", ip: "93.184.216.34", family: 4 });
    expect(asked).toBe(1);
    expect(await check()).toMatchObject({ kind: "refused" });
    expect(await check()).toMatchObject({ kind: "refused" });
    expect(await check()).toMatchObject({ kind: "unresolved" });
  });

  it("never lead to loopback, though the name is listed; `localhost` does where it is listed", async () => {
    const listed = createAddressGuard({
      allowHosts: ["inside.example.com:80", "localhost:81"],
      resolve: async () => ["127.0.0.1"],
    });
    expect(await listed.check({ host: "inside.example.com", port: 80 }, "declared")).toMatchObject({ kind: "refused" });
    expect(await listed.check({ host: "localhost", port: 81 }, "observed")).toMatchObject({ ip: "127.0.0.1" });
    expect(await listed.check({ host: "localhost", port: 82 }, "observed")).toMatchObject({ kind: "refused" });
  });

  it("have no address where the resolver fails, or gives what is none", async () => {
    const failing = createAddressGuard({
      allowHosts: ["models.example.com"],
      resolve: () => Promise.reject(new Error("SERVFAIL")),
    });
    expect(await failing.check({ host: "models.example.com", port: 80 }, "declared")).toMatchObject({
      kind: "unresolved",
    });
    const odd = createAddressGuard({ allowHosts: ["models.example.com"], resolve: async () => ["evil.example"] });
    expect(await odd.check({ host: "models.example.com", port: 80 }, "declared")).toMatchObject({ kind: "refused" });
  });
});

describe("the portal's own servers", () => {
  const own = createAddressGuard({
    allowHosts: ["10.0.0.9", "127.0.0.1"],
    refuseHosts: ["db.example.com:5432", "kube.example.com", "[2001:db8::9]:6443", "localhost:5433"],
    resolve: async (host) =>
      host === "db.example.com" ? ["10.0.0.9"] : host === "localhost" ? ["::1", "127.0.0.1"] : ["10.0.0.10"],
  });

  it("are refused by the addresses of their names, on their ports", async () => {
    expect(await own.check({ host: "10.0.0.9", port: 5432 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await own.check({ host: "10.0.0.9", port: 8080 }, "observed")).toMatchObject({ kind: "allowed" });
    expect(await own.check({ host: "10.0.0.10", port: 443 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await own.check({ host: "2001:DB8:0::9", port: 6443 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await own.check({ host: "127.0.0.1", port: 5433 }, "observed")).toMatchObject({ kind: "refused" });
    expect(await own.check({ host: "127.0.0.1", port: 8080 }, "observed")).toMatchObject({ kind: "allowed" });
  });
});

/** Every way to write an IPv4 address that some resolver or browser takes. */
function spellings(octets: readonly [number, number, number, number]): readonly string[] {
  const [a, b, c, d] = octets;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number): string => value.toString(16);
  const octal = (value: number): string => `0${value.toString(8)}`;
  const forms = [
    octets.join("."),
    String(number),
    `0x${hex(number)}`,
    `0X${hex(number).toUpperCase()}`,
    octal(number),
    octets.map((octet) => `0x${hex(octet)}`).join("."),
    octets.map(octal).join("."),
    octets.map((octet) => `00${octal(octet)}`).join("."),
    `${String(a)}.${String((b * 256 + c) * 256 + d)}`,
    `${String(a)}.${String(b)}.${String(c * 256 + d)}`,
    `0x${hex(a)}.${octal(b)}.${String(c * 256 + d)}`,
  ];
  const low = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
  const six = [
    `::ffff:${octets.join(".")}`,
    `::ffff:${low}`,
    `0:0:0:0:0:ffff:${low}`,
    `0000:0000:0000:0000:0000:FFFF:${low}`,
    `::${low}`,
    `::ffff:0:${low}`,
    `64:ff9b::${low}`,
    `2002:${low}::`,
    `fe80::5efe:${low}`,
  ];
  return [
    ...forms,
    ...forms.map((form) => `${form}.`),
    ...six,
    ...six.map((form) => `[${form}]`),
    ...six.map((form) => `${form}%eth0`),
  ];
}

describe("no spelling escapes", () => {
  const open = createAddressGuard({ allowHosts: ["10.0.0.7", "127.0.0.1:18101"], resolve: async () => ["10.0.0.7"] });
  it.each([
    [169, 254, 169, 254],
    [169, 254, 0, 1],
    [127, 0, 0, 1],
    [127, 255, 255, 254],
    [0, 0, 0, 0],
    [224, 0, 0, 1],
    [255, 255, 255, 255],
    [100, 100, 100, 200],
  ] as const)("%d.%d.%d.%d", async (...octets) => {
    for (const host of spellings(octets)) {
      for (const origin of ["observed", "declared"] as const) {
        expect((await open.check({ host, port: 8080 }, origin)).kind, host).toBe("refused");
      }
    }
  });
});
