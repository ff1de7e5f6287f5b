export type LabelledText<Label extends string> = { readonly label: Label; readonly text: string };

export type NaiveBayes<Label extends string> = {
  readonly labels: readonly Label[];
  readonly priors: ReadonlyMap<Label, number>;
  readonly counts: ReadonlyMap<Label, ReadonlyMap<string, number>>;
  readonly totals: ReadonlyMap<Label, number>;
  readonly vocabularySize: number;
};

/** Lower-case words; "not good" becomes "not_good", so that a negation counts. */
export function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}+(?:'\p{L}+)?/gu) ?? [];
  const result: string[] = [];
  let negated = false;
  for (const word of words) {
    if (word === "not" || word === "no" || word === "never" || word.endsWith("n't")) {
      negated = true;
      continue;
    }
    result.push(negated ? `not_${word}` : word);
    negated = false;
  }
  return result;
}

/** Multinomial naive Bayes with add-one smoothing. */
export function trainNaiveBayes<Label extends string>(
  labels: readonly Label[],
  corpus: readonly LabelledText<Label>[],
): NaiveBayes<Label> {
  const counts = new Map<Label, Map<string, number>>(labels.map((label) => [label, new Map<string, number>()]));
  const texts = new Map<Label, number>();
  const vocabulary = new Set<string>();
  for (const { label, text } of corpus) {
    texts.set(label, (texts.get(label) ?? 0) + 1);
    const own = counts.get(label);
    for (const word of wordsOf(text)) {
      vocabulary.add(word);
      own?.set(word, (own.get(word) ?? 0) + 1);
    }
  }
  const totals = new Map(
    labels.map((label) => [label, [...(counts.get(label)?.values() ?? [])].reduce((sum, count) => sum + count, 0)]),
  );
  const priors = new Map(labels.map((label) => [label, (texts.get(label) ?? 0) / corpus.length]));
  return { labels, priors, counts, totals, vocabularySize: vocabulary.size };
}

/** The probability of each label, most probable first, and the words that spoke most for the first. */
export function classify<Label extends string>(
  model: NaiveBayes<Label>,
  text: string,
): { readonly ranking: readonly { label: Label; probability: number }[]; readonly evidence: readonly string[] } {
  const words = wordsOf(text);
  const weightOf = (label: Label, word: string): number =>
    Math.log(((model.counts.get(label)?.get(word) ?? 0) + 1) / ((model.totals.get(label) ?? 0) + model.vocabularySize));
  const scores = model.labels.map((label) => ({
    label,
    score: words.reduce((sum, word) => sum + weightOf(label, word), Math.log(model.priors.get(label) ?? 1)),
  }));
  const best = Math.max(...scores.map(({ score }) => score));
  const sum = scores.reduce((total, { score }) => total + Math.exp(score - best), 0);
  const ranking = scores
    .map(({ label, score }) => ({ label, probability: Math.exp(score - best) / sum }))
    .sort((left, right) => right.probability - left.probability);
  const winner = ranking[0]?.label;
  const others = model.labels.filter((label) => label !== winner);
  const evidence =
    winner === undefined
      ? []
      : [...new Set(words)]
          .map((word) => ({
            word,
            gain: weightOf(winner, word) - Math.max(...others.map((label) => weightOf(label, word))),
          }))
          .filter(({ gain }) => gain > 0)
          .sort((left, right) => right.gain - left.gain)
          .slice(0, 5)
          .map(({ word }) => word.replace("not_", "not "));
  return { ranking, evidence };
}
