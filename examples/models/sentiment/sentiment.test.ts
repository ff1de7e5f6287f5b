import { expect, test } from "vitest";
import { corpus, sentiments } from "./corpus.ts";
import { classify, trainNaiveBayes } from "./naive-bayes.ts";

const model = trainNaiveBayes(sentiments, corpus);

test.each([
  ["Excellent quality and friendly support, I am very happy", "positive"],
  ["It crashes and nobody answers, what a waste of money", "negative"],
  ["The order has two items and arrived on Monday", "neutral"],
  ["not good, it does not work", "negative"],
  ["not bad at all", "positive"],
])("judges a sentence that it was not trained on: %s", (text, expected) => {
  expect(classify(model, text).ranking[0]?.label).toBe(expected);
});

test("gives probabilities that add up to one, the most probable first", () => {
  const { ranking } = classify(model, "great but late");
  expect(ranking.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
  expect(ranking.map(({ probability }) => probability)).toEqual(
    ranking.map(({ probability }) => probability).sort((left, right) => right - left),
  );
});

test("names words of the text as evidence", () => {
  expect(classify(model, "The support was rude and slow").evidence).toContain("rude");
});
