import { crc32, deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodePng } from "./decode-png.ts";
import { dominantColours, edgeDensity } from "./measure-picture.ts";

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(
  width: number,
  colourType: number,
  rows: readonly (readonly number[])[],
  extra: readonly Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(colourType, 9);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows.map((row) => Buffer.from(row))));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The first byte of a row names its filter: none, left, above, average, Paeth. All five rows say the same two pixels. */
const filtered = png(2, 2, [
  [0, 10, 20, 30, 40, 50, 60],
  [1, 10, 20, 30, 30, 30, 30],
  [2, 0, 0, 0, 0, 0, 0],
  [3, 5, 10, 15, 15, 15, 15],
  [4, 0, 0, 0, 0, 0, 0],
]);

test("undoes every filter of the format", () => {
  const decoded = decodePng(filtered);
  if (decoded.kind === "invalid") throw new Error(decoded.reason);
  const row = [10, 20, 30, 255, 40, 50, 60, 255];
  expect([...decoded.picture.pixels]).toEqual([row, row, row, row, row].flat());
});

test("reads pictures with a palette and with transparency", () => {
  const decoded = decodePng(
    png(2, 3, [[0, 0, 1]], [chunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255])), chunk("tRNS", Buffer.from([255, 0]))]),
  );
  if (decoded.kind === "invalid") throw new Error(decoded.reason);
  expect([...decoded.picture.pixels]).toEqual([255, 0, 0, 255, 0, 0, 255, 0]);
});

test.each([
  ["text", Buffer.from("not a picture")],
  ["a picture that is cut short", filtered.subarray(0, 60)],
  ["a picture of 16 bits", Buffer.from(filtered).fill(16, 24, 25)],
])("refuses %s with a reason", (_case, file) => {
  expect(decodePng(file)).toMatchObject({ kind: "invalid" });
});

function stripes(colours: readonly (readonly [number, number, number])[], width: number) {
  const pixels = Uint8Array.from(
    colours.flatMap((colour) => Array.from({ length: width }, () => [...colour, 255]).flat()),
  );
  return { width, height: colours.length, pixels };
}

test("finds the colours and their shares", () => {
  const picture = stripes(
    [
      [255, 0, 0],
      [255, 0, 0],
      [255, 0, 0],
      [0, 0, 255],
    ],
    8,
  );
  expect(dominantColours(picture, 3)).toEqual([
    { hex: "#ff0000", share: 0.75 },
    { hex: "#0000ff", share: 0.25 },
  ]);
});

test("finds edges between stripes and none in one colour", () => {
  const black = [0, 0, 0] as const;
  const white = [255, 255, 255] as const;
  expect(edgeDensity(stripes([black, black, black, black], 4))).toBe(0);
  expect(edgeDensity(stripes([black, black, white, white], 4))).toBe(1);
});
