import { inflateSync } from "node:zlib";

/** Pixels as red, green, blue, alpha, one byte each. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };
export type PngResult =
  { readonly kind: "ok"; readonly picture: Picture } | { readonly kind: "invalid"; readonly reason: string };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pixelsMax = 16_000_000;
const samplesByColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const invalid = (reason: string): PngResult => ({ kind: "invalid", reason });

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const distances = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  const [toLeft = 0, toAbove = 0, toCorner = 0] = distances;
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Undoes the filter of each row (PNG, section 9); false where a filter is unknown. */
function unfilter(data: Buffer, height: number, rowBytes: number, step: number): Uint8Array | null {
  const result = new Uint8Array(height * rowBytes);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (rowBytes + 1)];
    for (let at = 0; at < rowBytes; at += 1) {
      const raw = data[row * (rowBytes + 1) + 1 + at] ?? 0;
      const here = row * rowBytes + at;
      const left = at >= step ? (result[here - step] ?? 0) : 0;
      const above = row > 0 ? (result[here - rowBytes] ?? 0) : 0;
      const corner = at >= step && row > 0 ? (result[here - rowBytes - step] ?? 0) : 0;
      switch (filter) {
        case 0:
          result[here] = raw;
          break;
        case 1:
          result[here] = raw + left;
          break;
        case 2:
          result[here] = raw + above;
          break;
        case 3:
          result[here] = raw + ((left + above) >> 1);
          break;
        case 4:
          result[here] = raw + paeth(left, above, corner);
          break;
        default:
          return null;
      }
    }
  }
  return result;
}

function toRgba(samples: Uint8Array, count: number, colourType: number, palette: Buffer, alphas: Buffer): Uint8Array {
  const pixels = new Uint8Array(count * 4);
  for (let index = 0; index < count; index += 1) {
    const sample = (offset: number): number => samples[index * (samplesByColourType[colourType] ?? 1) + offset] ?? 0;
    const grey = sample(0);
    const rgba =
      colourType === 0
        ? [grey, grey, grey, 255]
        : colourType === 2
          ? [sample(0), sample(1), sample(2), 255]
          : colourType === 3
            ? [palette[grey * 3] ?? 0, palette[grey * 3 + 1] ?? 0, palette[grey * 3 + 2] ?? 0, alphas[grey] ?? 255]
            : colourType === 4
              ? [grey, grey, grey, sample(1)]
              : [sample(0), sample(1), sample(2), sample(3)];
    pixels.set(rgba, index * 4);
  }
  return pixels;
}

/** Reads PNG files of 8 bits a sample without interlacing: what cameras' exports and design tools write. */
export function decodePng(file: Buffer): PngResult {
  if (!file.subarray(0, 8).equals(signature)) return invalid("The file is not a PNG.");
  let header: { width: number; height: number; depth: number; colourType: number; interlace: number } | null = null;
  let palette: Buffer = Buffer.alloc(0);
  let alphas: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const chunk = file.subarray(at + 8, at + 8 + length);
    if (type === "IHDR" && chunk.length === 13) {
      header = {
        width: chunk.readUInt32BE(0),
        height: chunk.readUInt32BE(4),
        depth: chunk.readUInt8(8),
        colourType: chunk.readUInt8(9),
        interlace: chunk.readUInt8(12),
      };
    }
    if (type === "PLTE") palette = chunk;
    if (type === "tRNS") alphas = chunk;
    if (type === "IDAT") data.push(chunk);
    if (type === "IEND") break;
    at += 12 + length;
  }
  if (header === null) return invalid("The file has no header chunk.");
  const { width, height, depth, colourType, interlace } = header;
  const samples = samplesByColourType[colourType];
  if (depth !== 8 || interlace !== 0 || samples === undefined) {
    return invalid("Only pictures of 8 bits a sample without interlacing are read.");
  }
  if (width === 0 || height === 0 || width * height > pixelsMax) return invalid("The picture is empty or too large.");
  const rowBytes = width * samples;
  let inflated: Buffer;
  try {
    inflated = inflateSync(Buffer.concat(data), { maxOutputLength: height * (rowBytes + 1) });
  } catch {
    return invalid("The picture's data is damaged.");
  }
  if (inflated.length !== height * (rowBytes + 1)) return invalid("The picture's data is cut short.");
  const unfiltered = unfilter(inflated, height, rowBytes, samples);
  if (unfiltered === null) return invalid("A row of the picture has an unknown filter.");
  return {
    kind: "ok",
    picture: { width, height, pixels: toRgba(unfiltered, width * height, colourType, palette, alphas) },
  };
}
