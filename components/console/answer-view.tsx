"use client";

import { Download } from "lucide-react";
import { Tabs } from "radix-ui";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Callout } from "../ui/callout.tsx";
import { Chip } from "../ui/chip.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import type { Answer, Fault } from "./answer.ts";
import { prettyJson } from "./pretty-json.ts";
import { streamText } from "./stream-text.ts";

const faultTitles: { readonly [fault in Fault]: string } = {
  portal: "The portal did not send this call",
  network: "No answer arrived",
  upstream: "The API refused the call or failed",
};

const trigger =
  "relative px-2.5 py-1.5 text-sm text-muted hover:text-foreground data-[state=active]:font-medium data-[state=active]:text-foreground data-[state=active]:after:absolute data-[state=active]:after:inset-x-2.5 data-[state=active]:after:-bottom-px data-[state=active]:after:h-0.5 data-[state=active]:after:bg-accent";
const panel = "max-h-144 overflow-auto p-3 font-mono text-sm wrap-anywhere whitespace-pre-wrap -outline-offset-2";

/** What came back: status, time and size; the body, pretty or raw, as it streams; the headers. */
export function AnswerView({ answer }: { readonly answer: Answer | null }) {
  return (
    <section aria-label="Answer" className="flex min-w-0 flex-col gap-2.5 xl:sticky xl:top-18">
      <div className="flex min-h-5 flex-wrap items-center gap-x-3 gap-y-1" role="status">
        <h2 className="text-sm font-medium">Answer</h2>
        {answer !== null && <Summary answer={answer} />}
      </div>
      {answer === null ? (
        <p className="rounded border border-dashed px-4 py-10 text-center text-muted">
          Send the call, and what comes back is shown here.
        </p>
      ) : (
        <>
          {answer.fault !== null && (
            <Callout
              tone={answer.fault.kind === "upstream" ? "breaking" : "risky"}
              title={faultTitles[answer.fault.kind]}
              role="alert"
            >
              <CodedText text={answer.fault.message} />
            </Callout>
          )}
          {answer.status !== null && <Body answer={answer} />}
        </>
      )}
    </section>
  );
}

function Summary({ answer }: { readonly answer: Answer }) {
  const states = { streaming: "arriving…", done: null, stopped: "stopped", broken: "broken off" } as const;
  return (
    <>
      {answer.status !== null && (
        <Chip tone={answer.status < 300 ? "safe" : answer.status < 400 ? "info" : "breaking"}>
          {answer.status} {answer.statusText}
        </Chip>
      )}
      <span className="text-sm text-muted tabular-nums">
        {Math.round(answer.elapsedMs).toLocaleString("en")} ms · {sizeWords(answer.bytes)}
      </span>
      {states[answer.state] !== null && <span className="text-sm text-muted">{states[answer.state]}</span>}
    </>
  );
}

function Body({ answer }: { readonly answer: Answer }) {
  const words = answer.mediaType.includes("event-stream") && answer.text !== null ? streamText(answer.text) : null;
  const pretty = answer.state === "done" && answer.mediaType.includes("json") ? readablyWritten(answer.text) : null;
  const shown = words ?? pretty ?? answer.text;
  return (
    <Tabs.Root defaultValue="body" className="min-w-0 rounded border bg-surface">
      <div className="flex items-center border-b pr-1">
        <Tabs.List aria-label="Parts of the answer" className="flex flex-1 px-0.5">
          <Tabs.Trigger value="body" className={trigger}>
            {words === null ? "Body" : "Text"}
          </Tabs.Trigger>
          {(words !== null || pretty !== null) && (
            <Tabs.Trigger value="raw" className={trigger}>
              Raw
            </Tabs.Trigger>
          )}
          <Tabs.Trigger value="headers" className={trigger}>
            Headers
          </Tabs.Trigger>
        </Tabs.List>
        {answer.text !== null && answer.text !== "" && <CopyButton text={answer.text} label="Copy the body" />}
        {answer.blob !== null && answer.bytes > 0 && <SaveButton blob={answer.blob} mediaType={answer.mediaType} />}
      </div>
      <Tabs.Content value="body" className={panel}>
        {answer.text === null
          ? `${sizeWords(answer.bytes)} of ${answer.mediaType}, not text: save it to look at it.`
          : shown === "" && answer.state !== "streaming"
            ? "No body."
            : shown}
        {answer.state === "streaming" && (
          <span aria-hidden className="ml-0.5 inline-block h-4 w-2 animate-pulse bg-muted align-text-bottom" />
        )}
        {answer.cut && "\n\n… cut here: it is long. Save it to see all."}
      </Tabs.Content>
      <Tabs.Content value="raw" className={panel}>
        {answer.text}
      </Tabs.Content>
      <Tabs.Content value="headers" className={panel}>
        {answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
      </Tabs.Content>
    </Tabs.Root>
  );
}

function SaveButton({ blob, mediaType }: { readonly blob: Blob; readonly mediaType: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (url === null) return;
    const link = document.createElement("a");
    link.href = url;
    link.download = `answer${mediaType.includes("json") ? ".json" : mediaType.startsWith("text/") ? ".txt" : ".bin"}`;
    link.click();
    return () => URL.revokeObjectURL(url);
  }, [url, mediaType]);
  return (
    <Button
      look="quiet"
      size="icon"
      className="size-7"
      aria-label="Save the body as a file"
      title="Save the body as a file"
      onClick={() => setUrl(URL.createObjectURL(blob))}
    >
      <Download aria-hidden className="size-3.5" />
    </Button>
  );
}

function readablyWritten(text: string | null): string | null {
  if (text === null || text.length > 300_000) return null;
  try {
    return prettyJson(JSON.parse(text));
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}

function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
