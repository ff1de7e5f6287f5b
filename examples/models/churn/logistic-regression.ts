export type LogisticModel = {
  readonly weights: readonly number[];
  readonly bias: number;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
};

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function column(rows: readonly (readonly number[])[], index: number): number[] {
  return rows.map((row) => row[index] ?? 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardise(row: readonly number[], means: readonly number[], deviations: readonly number[]): number[] {
  return row.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1));
}

/** Fits by full-batch gradient descent on standardised features; labels are 0 or 1. */
export function trainLogisticRegression(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  options: { readonly rounds: number; readonly rate: number },
): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const means = Array.from({ length: width }, (_, index) => meanOf(column(rows, index)));
  const deviations = Array.from({ length: width }, (_, index) => {
    const mean = means[index] ?? 0;
    return Math.sqrt(meanOf(column(rows, index).map((value) => (value - mean) ** 2))) || 1;
  });
  const features = rows.map((row) => standardise(row, means, deviations));
  let weights = Array.from({ length: width }, () => 0);
  let bias = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const slope = Array.from({ length: width }, () => 0);
    let biasSlope = 0;
    features.forEach((row, at) => {
      const error =
        sigmoid(row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), bias)) - (labels[at] ?? 0);
      row.forEach((value, index) => {
        slope[index] = (slope[index] ?? 0) + error * value;
      });
      biasSlope += error;
    });
    weights = weights.map((weight, index) => weight - (options.rate * (slope[index] ?? 0)) / features.length);
    bias -= (options.rate * biasSlope) / features.length;
  }
  return { weights, bias, means, deviations };
}

/** The probability of label 1. */
export function predictProbability(model: LogisticModel, row: readonly number[]): number {
  const features = standardise(row, model.means, model.deviations);
  return sigmoid(features.reduce((sum, value, index) => sum + value * (model.weights[index] ?? 0), model.bias));
}
