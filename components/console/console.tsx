"use client";

import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Field } from "../ui/field.tsx";
import { LiveFieldset } from "../ui/live-fieldset.tsx";
import { Select } from "../ui/select.tsx";
import type { Answer } from "./answer.ts";
import { AnswerView } from "./answer-view.tsx";
import { BodyEditor } from "./body-editor.tsx";
import { buildCurlCall, buildTryRequest, problemWith } from "./build-call.ts";
import { initialCall } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import { curlText } from "./curl-text.ts";
import { HeaderEditor } from "./header-editor.tsx";
import type { OperationForm } from "./operation-form.ts";
import { ParameterFields } from "./parameter-fields.tsx";
import { sendCall } from "./send-call.ts";

export type ConsoleEndpoint = {
  readonly id: string;
  readonly url: string;
  /** The operation's server there. */
  readonly server: string;
  readonly requiredHeaders: readonly { readonly name: string; readonly value: string }[];
};

/** Fills in and sends one call, and shows what comes back. Whatever is typed stays in this page's memory. */
export function Console({
  apiId,
  endpoints,
  form,
  allowed,
}: {
  readonly apiId: string;
  readonly endpoints: readonly ConsoleEndpoint[];
  readonly form: OperationForm;
  readonly allowed: boolean;
}) {
  const [call, setCall] = useState<CallState>(() => initialCall(form, endpoints[0]?.id ?? ""));
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof problemWith>>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const change = (part: Partial<CallState>) => {
    setProblem(null);
    setCall((before) => ({ ...before, ...part }));
  };
  const endpoint = endpoints.find(({ id }) => id === call.endpointId);
  const streaming = answer?.state === "streaming";
  const send = async () => {
    const wrong = problemWith(form, call);
    setProblem(wrong);
    if (wrong !== null || endpoint === undefined) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    await sendCall({
      apiId,
      endpointId: endpoint.id,
      request: await buildTryRequest(form, call),
      signal: controller.signal,
      onAnswer: (next) => {
        if (running.current === controller) setAnswer(next);
      },
    });
  };

  return (
    <div className="grid items-start gap-x-8 gap-y-6 xl:grid-cols-2">
      <form
        className="flex min-w-0 flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <LiveFieldset>
          <Field id="endpoint" label="Address">
            <Select
              id="endpoint"
              value={call.endpointId}
              onChange={(event) => change({ endpointId: event.target.value })}
              className="font-mono"
            >
              {endpoints.map(({ id, url }) => (
                <option key={id} value={id}>
                  {url}
                </option>
              ))}
            </Select>
          </Field>
          <ParameterFields
            fields={form.parameters}
            values={call.values}
            problem={problem}
            onChange={(field, value) => change({ values: { ...call.values, [field]: value } })}
          />
          <BodyEditor form={form} call={call} problem={problem} onChange={change} />
          <HeaderEditor headers={call.headers} onChange={(headers) => change({ headers })} />
          <div className="flex flex-wrap items-center gap-2">
            {streaming ? (
              <Button key="stop" onClick={() => running.current?.abort()}>
                <Square aria-hidden className="size-3.5" /> Stop
              </Button>
            ) : (
              <Button key="send" type="submit" look="primary" disabled={!allowed || endpoint === undefined}>
                <Play aria-hidden className="size-3.5" /> Send {form.method}
              </Button>
            )}
            {endpoint !== undefined && (
              <CopyButton text={curlText(buildCurlCall(form, call, endpoint))} label="Copy this call as curl">
                Copy as curl
              </CopyButton>
            )}
          </div>
        </LiveFieldset>
      </form>
      <AnswerView answer={answer} />
    </div>
  );
}
