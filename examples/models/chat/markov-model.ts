import { seededRandom } from "../serving/seeded-random.ts";

export type ChatModel = {
  /** Generates one word after another; ends by itself at the end of a sentence once it has said enough. */
  generate(
    prompt: string,
    options: { readonly tokensMax: number; readonly temperature: number; readonly seed: number },
  ): Generator<string, "stop" | "length">;
};

const sentenceEnd = /[.!?]$/;
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** Words of a question that say nothing about its subject. */
const empty = new Set([
  "a",
  "about",
  "an",
  "and",
  "are",
  "can",
  "do",
  "does",
  "how",
  "i",
  "is",
  "it",
  "me",
  "my",
  "of",
  "tell",
  "the",
  "to",
  "what",
  "when",
  "why",
  "you",
]);

/** How much each passage is about the prompt: shared words, the rarer the more, a plural counted as its singular. */
function likenessTo(passages: readonly (readonly string[])[]): (prompt: string) => readonly number[] {
  const stem = (word: string): string =>
    word
      .toLowerCase()
      .replace(/[^\p{L}]/gu, "")
      .replace(/s$/, "");
  const stems = passages.map((passage) => passage.map(stem));
  return (prompt) => {
    const asked = new Set(
      wordsOf(prompt)
        .filter((word) => !empty.has(word.toLowerCase()))
        .map(stem),
    );
    return stems.map((passage) => {
      let likeness = 0.01;
      for (const word of asked) {
        const holders = stems.filter((candidate) => candidate.includes(word)).length;
        const times = passage.filter((candidate) => candidate === word).length;
        if (holders > 0 && times > 0) likeness += Math.log(1 + stems.length / holders) * Math.sqrt(times);
      }
      return likeness;
    });
  };
}

/**
 * A Markov chain of order two over all passages, weighted towards the passages that are most like the prompt: the prompt
 * decides what it talks about, the temperature how far it strays.
 */
export function trainChatModel(passages: readonly string[]): ChatModel {
  const words = passages.map(wordsOf);
  const likenessOf = likenessTo(words);
  return {
    *generate(prompt, { tokensMax, temperature, seed }) {
      const random = seededRandom(seed);
      const likeness = likenessOf(prompt);
      const sharpness = 1 / Math.max(temperature, 0.05);
      const best = Math.max(...likeness);
      const weights = likeness.map((value) => (value / best) ** (4 * sharpness));
      const start = likeness.indexOf(best);
      const following = (first: string, second: string): readonly { word: string; weight: number }[] =>
        words.flatMap((passage, index) =>
          passage.flatMap((word, at) =>
            at >= 2 && passage[at - 2] === first && passage[at - 1] === second
              ? [{ word, weight: weights[index] ?? 0 }]
              : [],
          ),
        );
      let [first = "", second = ""] = words[start] ?? [];
      let sentences = 0;
      let spoken = 0;
      for (const word of [first, second]) {
        if (spoken >= tokensMax) return "length";
        spoken += 1;
        yield word;
      }
      while (spoken < tokensMax) {
        const choices = following(first, second);
        const total = choices.reduce((sum, choice) => sum + choice.weight, 0);
        let left = random() * total;
        const next = choices.find((choice) => (left -= choice.weight) <= 0) ?? choices[0];
        if (next === undefined) return "stop";
        [first, second] = [second, next.word];
        spoken += 1;
        yield next.word;
        if (sentenceEnd.test(next.word)) sentences += 1;
        if (sentences >= 2) return "stop";
      }
      return "length";
    },
  };
}
