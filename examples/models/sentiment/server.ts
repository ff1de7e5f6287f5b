import { z } from "zod";
import { fastApi, jsonOperation, plainOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { corpus, sentiments } from "./corpus.ts";
import { classify, trainNaiveBayes } from "./naive-bayes.ts";

const health = z.object({ status: z.literal("ok"), texts: z.int() });

function train(): (text: string) => ReturnType<typeof classify<(typeof sentiments)[number]>> {
  const model = trainNaiveBayes(sentiments, corpus);
  return (text) => classify(model, text);
}

/** Text: naive Bayes behind FastAPI's shape; the contract before `npm run example:rollout`. */
export function createSentimentV1(): Model {
  const judge = train();
  const review = z.object({
    text: z
      .string()
      .min(1)
      .max(5000)
      .describe("What a customer wrote, in English.")
      .meta({
        examples: ["The delivery was fast and the quality is excellent."],
      }),
    explain: z.boolean().default(false).describe("Also name the words that decided."),
  });
  const score = z.object({
    label: z.enum(sentiments),
    score: z.number().min(0).max(1).describe("Probability of the label."),
    words: z.array(z.string()).describe("The words that decided; empty unless asked for."),
  });
  const batch = z.object({ texts: z.array(z.string().min(1).max(5000)).min(1).max(100) });
  const scores = z.object({ results: z.array(score) });
  const answer = (text: string, explain: boolean): z.infer<typeof score> => {
    const { ranking, evidence } = judge(text);
    return {
      label: ranking[0]?.label ?? "neutral",
      score: ranking[0]?.probability ?? 0,
      words: explain ? [...evidence] : [],
    };
  };
  return fastApi({
    name: "sentiment-v1",
    title: "Review sentiment",
    description: "Says whether a customer's review is positive, neutral or negative.",
    version: "1.3.0",
    schemas: { Review: review, Score: score, Batch: batch, Scores: scores, Health: health },
    operations: [
      jsonOperation({
        path: "/classify",
        summary: "Classify one review",
        tag: "inference",
        body: review,
        response: score,
        run: (body) => json(200, answer(body.text, body.explain)),
      }),
      jsonOperation({
        path: "/classify/batch",
        summary: "Classify up to a hundred reviews",
        tag: "inference",
        body: batch,
        response: scores,
        run: (body) => json(200, { results: body.texts.map((text) => answer(text, false)) }),
      }),
      plainOperation({
        path: "/health",
        summary: "Health",
        tag: "meta",
        response: health,
        run: () => ({ status: "ok", texts: corpus.length }),
      }),
    ],
  });
}

/** The breaking version: a language is required, `label` and `score` became `sentiment` and `probabilities`, the batch went. */
export function createSentimentV2(): Model {
  const judge = train();
  const review = z.object({
    text: z
      .string()
      .min(1)
      .max(2000)
      .describe("What a customer wrote.")
      .meta({
        examples: ["The delivery was fast and the quality is excellent."],
      }),
    language: z.enum(["en"]).describe("Language of the text."),
  });
  const verdict = z.object({
    sentiment: z.enum(sentiments),
    probabilities: z.object({ positive: z.number(), neutral: z.number(), negative: z.number() }),
    words: z.array(z.string()).describe("The words that decided."),
  });
  return fastApi({
    name: "sentiment-v2",
    title: "Review sentiment",
    description: "Says whether a customer's review is positive, neutral or negative.",
    version: "2.0.0",
    schemas: { Review: review, Verdict: verdict, Health: health },
    operations: [
      jsonOperation({
        path: "/classify",
        summary: "Classify one review",
        tag: "inference",
        body: review,
        response: verdict,
        run: (body) => {
          const { ranking, evidence } = judge(body.text);
          return json(200, {
            sentiment: ranking[0]?.label ?? "neutral",
            probabilities: Object.fromEntries(ranking.map(({ label, probability }) => [label, probability])),
            words: evidence,
          });
        },
      }),
      plainOperation({
        path: "/health",
        summary: "Health",
        tag: "meta",
        response: health,
        run: () => ({ status: "ok", texts: corpus.length }),
      }),
    ],
  });
}
