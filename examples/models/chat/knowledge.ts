/** Our own text: what the chat model knows and learns its language from. One passage a line. */
export const passages: readonly string[] = `
A contract is what a model promises to its callers: the paths, the fields of a request and the fields of an answer. A contract that changes breaks the callers that rely on the old one.
A breaking change removes something that callers use or asks for something that they do not send. A safe change adds an optional field or a new operation that nobody has to use.
A canary sends a small share of the traffic to a new revision while most of the traffic stays on the old one. When the new revision behaves well its share grows until the old revision gets no traffic.
A rollout moves the traffic of a model from one revision to another. A rollback moves the traffic back to the earlier revision, and the earlier contract is current again.
A gateway receives the calls from outside and sends each call to a service inside the cluster. A route says which host and which path belong to which service.
A service gives a stable name to the pods behind it. The pods come and go, and the service sends each call to a pod that is ready.
A model that is scaled to zero has no pod. The next call wakes the model, and the first answer takes longer because a pod has to start.
A tensor has a name, a datatype and a shape. The first dimension of a shape is usually the number of rows in the batch.
An embedding is a list of numbers that stands for a text. Texts that mean the same lie near each other, and the cosine of two embeddings says how near.
A probability says how sure the model is. A probability near one half means that the model does not know, and a person should look at the case.
A description in OpenAPI tells a program how to call a model: which paths there are, what to send and what comes back. A good description has examples that really work.
A portal collects the descriptions of all models in one place. It tells the people who follow a model what changed and what they have to do.
To follow a model open its page and press the follow button. You are told before a breaking change takes over, and the notice says how to move to the new version.
To call a model you need its public address, a request that fits its contract and, for some models, a key. The page of the model shows code that you can copy.
A deprecated version still answers, and it has a date on which it stops. Move to the current version before that date.
`
  .trim()
  .split("\n");
