import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { readClaims } from "./read-claims.ts";

const settings = { OIDC_ISSUER: "https://login.example.com", OIDC_GROUPS_CLAIM: "teams" };
const facts = {
  issuer: "https://login.example.com",
  authorization_endpoint: "https://login.example.com/authorize",
  token_endpoint: "https://login.example.com/token",
};
const claims = {
  iss: "https://login.example.com",
  sub: "1",
  name: "Ann",
  email: "Ann@Example.com",
  teams: ["a", "b", "a"],
};
let server: Server | null = null;

afterEach(() => {
  server?.close();
  server = null;
});

/** A provider's userinfo endpoint that answers this. */
async function userinfo(answer: unknown): Promise<string> {
  server = createServer((req, res) => {
    const known = req.headers.authorization === "Bearer access";
    res.writeHead(known ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}/userinfo`;
}

const read = (idToken: unknown, endpoint?: string) =>
  readClaims(settings, endpoint === undefined ? facts : { ...facts, userinfo_endpoint: endpoint }, {
    idToken,
    accessToken: "access",
  });

test("takes person and groups from the ID token", async () => {
  expect(await read(claims)).toEqual({
    issuer: "https://login.example.com",
    subject: "1",
    name: "Ann",
    email: "ann@example.com",
    groups: ["a", "b"],
  });
});

test("refuses the ID token of another issuer", async () => {
  await expect(read({ ...claims, iss: "https://evil.example" })).rejects.toThrow(/evil\.example was refused/);
  await expect(read({ ...claims, iss: "https://login.example.com.evil.example" })).rejects.toThrow(/refused/);
});

test("believes no address that the provider did not verify", async () => {
  expect(await read({ ...claims, email_verified: false })).toMatchObject({ email: null });
});

test("asks for the groups where the ID token has none", async () => {
  const endpoint = await userinfo({ sub: "1", name: "Other", teams: ["c"] });
  expect(await read({ ...claims, teams: undefined }, endpoint)).toMatchObject({ name: "Ann", groups: ["c"] });
});

test("refuses an answer about somebody else", async () => {
  const endpoint = await userinfo({ sub: "2", teams: ["platform"] });
  await expect(read({ ...claims, teams: undefined }, endpoint)).rejects.toThrow(/another subject/);
});

test("takes one group as text, and nothing that is no name", async () => {
  expect(await read({ ...claims, teams: "a" })).toMatchObject({ groups: ["a"] });
  expect(await read({ ...claims, teams: [1, null, "", { a: 1 }, "x\0y", "z"] })).toMatchObject({ groups: ["z"] });
  expect(await read({ ...claims, teams: { a: true } })).toMatchObject({ groups: [] });
});

test("calls a person by what the provider has", async () => {
  expect(await read({ ...claims, name: undefined, preferred_username: "ann" })).toMatchObject({ name: "ann" });
  expect(await read({ ...claims, name: "", email: "no address" })).toMatchObject({ name: "1", email: null });
});
