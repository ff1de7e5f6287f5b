import { expect, test } from "vitest";
import { readMultipart } from "./multipart.ts";

async function encoded(form: FormData): Promise<{ type: string; body: Buffer }> {
  const req = new Request("http://model.local", { method: "POST", body: form });
  return { type: req.headers.get("content-type") ?? "", body: Buffer.from(await req.arrayBuffer()) };
}

test("reads fields and files as a browser sends them, bytes unchanged", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const form = new FormData();
  form.set("colours", "3");
  form.set("image", new Blob([bytes], { type: "image/png" }), "picture.png");
  const { type, body } = await encoded(form);
  const parts = readMultipart(type, body);
  expect(parts.map(({ name, fileName }) => [name, fileName])).toEqual([
    ["colours", null],
    ["image", "picture.png"],
  ]);
  expect(parts[1]?.data).toEqual(Buffer.from(bytes));
});

test("finds no parts in anything else", () => {
  expect(readMultipart(undefined, Buffer.from("x"))).toEqual([]);
  expect(readMultipart("application/json", Buffer.from("{}"))).toEqual([]);
  expect(readMultipart("multipart/form-data; boundary=x", Buffer.from("no boundary"))).toEqual([]);
});
