import { seededRandom } from "../serving/seeded-random.ts";
import { predictProbability, trainLogisticRegression } from "./logistic-regression.ts";

/** The columns of the input tensor, in order. */
export const churnFeatures = ["tenure_months", "monthly_charge", "support_tickets", "pays_automatically"] as const;

/** Trains on 1,500 made-up customers: short tenure, high charges and many tickets make leaving likelier. */
export function trainChurnModel(): (rows: readonly (readonly number[])[]) => readonly number[] {
  const random = seededRandom(20);
  const rows: number[][] = [];
  const labels: number[] = [];
  for (let index = 0; index < 1500; index += 1) {
    const row = [random() * 72, 15 + random() * 105, Math.floor(random() * 9), random() < 0.5 ? 1 : 0];
    const [tenure = 0, charge = 0, tickets = 0, automatic = 0] = row;
    const leaning = -0.06 * tenure + 0.03 * charge + 0.5 * tickets - 1.1 * automatic - 1.4;
    rows.push(row);
    labels.push(random() < 1 / (1 + Math.exp(-leaning)) ? 1 : 0);
  }
  const model = trainLogisticRegression(rows, labels, { rounds: 200, rate: 1 });
  return (asked) => asked.map((row) => predictProbability(model, row));
}
