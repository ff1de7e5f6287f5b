/** The APIs of the example cluster that the journeys use. */
export const examples = {
  embeddings: { title: "Text embeddings", path: "/apis/open-models/embeddings" },
  sentiment: { title: "Review sentiment", path: "/apis/team-search/sentiment" },
  churn: { title: "Customer churn", path: "/apis/team-growth/churn" },
  fraud: { title: "Payment risk", path: "/apis/team-fraud/payment-risk" },
  chat: { title: "Small talk", path: "/apis/team-assist/chat" },
  forecast: { title: "Demand forecast", path: "/apis/team-supply/forecast" },
  summaries: { title: "Document summaries", path: "/apis/team-docs/summaries" },
  pricing: { title: "Dynamic pricing", path: "/apis/team-pricing/pricing" },
  palette: { title: "Palette", path: "/apis/team-media/palette" },
} as const;
