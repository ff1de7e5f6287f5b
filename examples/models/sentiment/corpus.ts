import type { LabelledText } from "./naive-bayes.ts";

export const sentiments = ["positive", "neutral", "negative"] as const;
export type Sentiment = (typeof sentiments)[number];

const positive = `
The delivery was fast and the quality is excellent
I love this product, it works great
Wonderful support, they were friendly and helpful
Very happy with my order, I would buy it again
The new version is a great improvement and easy to use
Amazing value, highly recommended
Best purchase of the year, my family loves it
Everything arrived early and in perfect condition
Thank you for the kind and quick answer
The app is beautiful, stable and a joy to use
Superb service and a fair price
Not bad at all, I am really pleased
No problems, works perfectly
It never fails, I trust it completely
A delightful surprise, better than expected
The room was clean, bright and comfortable
Delicious food and a warm welcome
I enjoyed every minute, brilliant work`;

const neutral = `
The package arrived on Tuesday
The manual has twenty pages
I ordered the blue one in size medium
It ships with a cable and an adapter
The meeting was moved to the afternoon
The store opens at nine and closes at six
Please send me the invoice for the last order
This model has a display of six inches
The order contains three items
I changed my address in the settings
The train leaves from platform four
The form asks for a name and a date
It is the second edition of the book
The box is made of cardboard
The warranty lasts two years
My account was created in March
The report covers the second quarter
You can find the number on the back`;

const negative = `
The delivery was late and the box was broken
I hate this product, it never works
Terrible support, they were rude and slow
Very disappointed with my order, I want my money back
The new version is worse and full of errors
Awful quality, a complete waste of money
Worst purchase of the year, avoid it
Everything arrived damaged and dirty
Nobody answers, I am angry and tired of waiting
The app crashes all the time and is a pain to use
Poor service and a ridiculous price
Not good, I am really annoyed
Not happy, it does not work
It failed after one day, useless
A bad surprise, much worse than expected
The room was dirty, loud and cold
Cold food and an unfriendly waiter
I regret it, a horrible experience`;

function labelled(label: Sentiment, lines: string): readonly LabelledText<Sentiment>[] {
  return lines
    .trim()
    .split("\n")
    .map((text) => ({ label, text }));
}

/** Our own sentences, enough for a small classifier to be right about plain ones. */
export const corpus: readonly LabelledText<Sentiment>[] = [
  ...labelled("positive", positive),
  ...labelled("neutral", neutral),
  ...labelled("negative", negative),
];
