import { seededRandom } from "../serving/seeded-random.ts";

export type Payment = { readonly amount: number; readonly hour: number; readonly distanceKm: number };
export type Anomaly = {
  /** From 0, as usual as can be, to 1. */
  readonly risk: number;
  /** How much each part contributed to the distance, as shares that add up to 1. */
  readonly parts: { readonly amount: number; readonly hour: number; readonly distance: number };
};

type Moments = { readonly mean: number; readonly deviation: number };

function momentsOf(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/** Payments happen by day, of moderate amounts, near home: hours are measured from two in the afternoon. */
function featuresOf({ amount, hour, distanceKm }: Payment): readonly [number, number, number] {
  const fromAfternoon = Math.min(Math.abs(hour - 14), 24 - Math.abs(hour - 14));
  return [Math.log1p(amount), fromAfternoon, Math.log1p(distanceKm)];
}

/** The probability that a chi-squared value with three degrees of freedom is smaller. */
function chiSquared3(value: number): number {
  const root = Math.sqrt(value / 2);
  // Abramowitz and Stegun 7.1.26, good to 1.5e-7.
  const t = 1 / (1 + 0.3275911 * root);
  const erf =
    1 -
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
      t *
      Math.exp(-root * root);
  return Math.min(1, Math.max(0, erf - Math.sqrt((2 * value) / Math.PI) * Math.exp(-value / 2)));
}

/** Learns what is usual from 2,000 made-up payments; the risk is how far from usual a payment is. */
export function trainAnomalyModel(): (payment: Payment) => Anomaly {
  const random = seededRandom(7);
  const bell = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const usual = Array.from({ length: 2000 }, () =>
    featuresOf({
      amount: Math.exp(3.6 + 0.8 * bell()),
      hour: (14 + 4 * bell() + 24) % 24,
      distanceKm: Math.exp(1.8 + 0.9 * bell()),
    }),
  );
  const moments = [0, 1, 2].map((index) => momentsOf(usual.map((row) => row[index] ?? 0)));
  return (payment) => {
    const squares = featuresOf(payment).map((value, index) => {
      const { mean, deviation } = moments[index] ?? { mean: 0, deviation: 1 };
      return (Math.max(0, value - mean) / deviation) ** 2;
    });
    const [amount = 0, hour = 0, distance = 0] = squares;
    const total = amount + hour + distance || 1;
    return {
      risk: chiSquared3(amount + hour + distance),
      parts: { amount: amount / total, hour: hour / total, distance: distance / total },
    };
  };
}
