import type { Picture } from "./decode-png.ts";

export type Colour = { readonly hex: string; readonly share: number };
type Rgb = readonly [number, number, number];

const sampleMax = 20_000;

function sampleOf({ pixels }: Picture): Rgb[] {
  const count = pixels.length / 4;
  const step = Math.max(1, Math.floor(count / sampleMax));
  const result: Rgb[] = [];
  for (let index = 0; index < count; index += step) {
    if ((pixels[index * 4 + 3] ?? 0) < 128) continue;
    result.push([pixels[index * 4] ?? 0, pixels[index * 4 + 1] ?? 0, pixels[index * 4 + 2] ?? 0]);
  }
  return result;
}

function distance(left: Rgb, right: Rgb): number {
  return (left[0] - right[0]) ** 2 + (left[1] - right[1]) ** 2 + (left[2] - right[2]) ** 2;
}

/** First the mean, then always the pixel that is farthest from all centres so far: the same on every run. */
function firstCentres(sample: readonly Rgb[], count: number): Rgb[] {
  const sum = sample.reduce<Rgb>((total, rgb) => [total[0] + rgb[0], total[1] + rgb[1], total[2] + rgb[2]], [0, 0, 0]);
  const mean: Rgb = [sum[0] / sample.length, sum[1] / sample.length, sum[2] / sample.length];
  const gaps = sample.map((rgb) => distance(rgb, mean));
  const centres: Rgb[] = [];
  while (centres.length < count) {
    const farthest = gaps.reduce((best, gap, index) => (gap > (gaps[best] ?? 0) ? index : best), 0);
    const next = sample[farthest];
    if (next === undefined || (centres.length > 0 && gaps[farthest] === 0)) break;
    centres.push(next);
    sample.forEach((rgb, index) => {
      const gap = distance(rgb, next);
      gaps[index] = centres.length === 1 ? gap : Math.min(gaps[index] ?? gap, gap);
    });
  }
  return centres;
}

/** The colours that stand for most of the picture, by k-means; transparent pixels do not count. */
export function dominantColours(picture: Picture, count: number): readonly Colour[] {
  const sample = sampleOf(picture);
  if (sample.length === 0) return [];
  let centres = firstCentres(sample, count);
  let sizes: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const sums = centres.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    for (const rgb of sample) {
      let best = 0;
      centres.forEach((centre, index) => {
        if (distance(rgb, centre) < distance(rgb, centres[best] ?? centre)) best = index;
      });
      const sum = sums[best];
      if (sum === undefined) continue;
      sum[0] += rgb[0];
      sum[1] += rgb[1];
      sum[2] += rgb[2];
      sum[3] += 1;
    }
    sizes = sums.map((sum) => sum[3]);
    centres = sums.map((sum, index): Rgb => {
      const old = centres[index] ?? [0, 0, 0];
      return sum[3] === 0 ? old : [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]];
    });
  }
  return centres
    .map((centre, index) => ({
      hex: `#${centre.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`,
      share: (sizes[index] ?? 0) / sample.length,
    }))
    .filter(({ share }) => share > 0)
    .sort((left, right) => right.share - left.share);
}

/** The share of pixels on an edge: Sobel's operator over brightness, above a fixed threshold. */
export function edgeDensity({ width, height, pixels }: Picture): number {
  const light = (column: number, row: number): number => {
    const at = (row * width + column) * 4;
    return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  };
  let edges = 0;
  for (let row = 1; row < height - 1; row += 1) {
    for (let column = 1; column < width - 1; column += 1) {
      const across =
        light(column + 1, row - 1) +
        2 * light(column + 1, row) +
        light(column + 1, row + 1) -
        light(column - 1, row - 1) -
        2 * light(column - 1, row) -
        light(column - 1, row + 1);
      const down =
        light(column - 1, row + 1) +
        2 * light(column, row + 1) +
        light(column + 1, row + 1) -
        light(column - 1, row - 1) -
        2 * light(column, row - 1) -
        light(column + 1, row - 1);
      if (Math.hypot(across, down) > 128) edges += 1;
    }
  }
  return width < 3 || height < 3 ? 0 : edges / ((width - 2) * (height - 2));
}
