/** Holt's method: a level and a trend, each a moving average of its own past. */
export function forecastTrend(series: readonly number[], horizon: number): readonly number[] {
  const alpha = 0.5;
  const beta = 0.3;
  let level = series[0] ?? 0;
  let trend = (series[1] ?? level) - level;
  for (const value of series.slice(1)) {
    const before = level;
    level = alpha * value + (1 - alpha) * (level + trend);
    trend = beta * (level - before) + (1 - beta) * trend;
  }
  return Array.from({ length: horizon }, (_, step) => level + (step + 1) * trend);
}

export type ForecastPoint = { readonly value: number; readonly lower: number; readonly upper: number };

/** Holt and Winters' additive method; the band widens with the square root of the step (95 % for normal errors). */
export function forecastSeasonal(
  series: readonly number[],
  horizon: number,
  seasonLength: number,
): readonly ForecastPoint[] {
  const alpha = 0.4;
  const beta = 0.1;
  const gamma = 0.3;
  const first = series.slice(0, seasonLength);
  const second = series.slice(seasonLength, 2 * seasonLength);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  let level = mean(first);
  let trend = (mean(second) - mean(first)) / seasonLength;
  const season = first.map((value) => value - level);
  let squares = 0;
  let count = 0;
  series.slice(seasonLength).forEach((value, index) => {
    const place = index % seasonLength;
    const seasonal = season[place] ?? 0;
    const error = value - (level + trend + seasonal);
    squares += error * error;
    count += 1;
    const before = level;
    level = alpha * (value - seasonal) + (1 - alpha) * (level + trend);
    trend = beta * (level - before) + (1 - beta) * trend;
    season[place] = gamma * (value - level) + (1 - gamma) * seasonal;
  });
  const deviation = Math.sqrt(squares / Math.max(1, count));
  const phase = (series.length - seasonLength) % seasonLength;
  return Array.from({ length: horizon }, (_, step) => {
    const value = level + (step + 1) * trend + (season[(phase + step) % seasonLength] ?? 0);
    const reach = 1.96 * deviation * Math.sqrt(step + 1);
    return { value, lower: value - reach, upper: value + reach };
  });
}
