"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callPortal, PortalError } from "../rest/call-portal.ts";
import type { PagePlace } from "../versions/page-href.ts";
import { Button } from "../ui/button.tsx";
import { Callout } from "../ui/callout.tsx";
import { Field } from "../ui/field.tsx";
import { LiveFieldset } from "../ui/live-fieldset.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { DescriptionSource } from "./description-source.tsx";
import type { ChosenSource } from "./description-source.tsx";
import { DraftProblems } from "./draft-problems.tsx";
import { DraftPreviewView } from "./draft-preview-view.tsx";
import { PublishedNote } from "./published-note.tsx";

/** From a description to a version: choose it, see what it would change and who is told, say something about it, publish. */
export function PublishForm({
  apiId,
  title,
  place,
  currentNumber,
  revisions,
}: {
  readonly apiId: string;
  readonly title: string;
  readonly place: PagePlace;
  readonly currentNumber: number | null;
  readonly revisions: readonly { readonly name: string; readonly trafficPercent: number }[];
}) {
  const router = useRouter();
  const [source, setSource] = useState<ChosenSource>({ kind: "document", text: "" });
  const [releaseNote, setReleaseNote] = useState("");
  const draft = useMutation({
    mutationFn: (chosen: ChosenSource) =>
      callPortal<"createDraft">("POST", "/api/v1/apis/{id}/drafts", {
        params: { id: apiId },
        body: {
          ...(chosen.kind === "document" ? { document: chosen.text } : { revision: chosen.revision }),
          ...(place.line === undefined ? {} : { line: place.line }),
        },
      }),
  });
  const again = useMutation({
    mutationFn: (draftId: string) =>
      callPortal<"previewDraft">("POST", "/api/v1/apis/{id}/drafts/{draftId}/preview", {
        params: { id: apiId, draftId },
      }),
    onSuccess: () => publish.reset(),
  });
  const preview = again.data ?? draft.data;
  const publish = useMutation({
    mutationFn: (seen: { readonly draftId: string; readonly baseNumber: number | null }) =>
      callPortal<"publishDraft">("POST", "/api/v1/apis/{id}/drafts/{draftId}/publish", {
        params: { id: apiId, draftId: seen.draftId },
        body: {
          baseNumber: seen.baseNumber,
          ...(releaseNote.trim() === "" ? {} : { releaseNote: releaseNote.trim() }),
        },
      }),
    onSuccess: () => router.refresh(),
  });
  const change = (next: ChosenSource) => {
    setSource(next);
    draft.reset();
    again.reset();
    publish.reset();
  };
  const outdated = publish.error instanceof PortalError && publish.error.status === 409;
  const ready = source.kind === "revision" ? source.revision !== "" : source.text.trim() !== "";

  if (publish.isSuccess) return <PublishedNote version={publish.data} title={title} place={place} />;
  return (
    <div className="flex max-w-240 flex-col gap-6">
      <LiveFieldset>
        <DescriptionSource source={source} revisions={revisions} onChange={change} />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            look={preview === undefined ? "primary" : "plain"}
            disabled={!ready || draft.isPending}
            onClick={() => {
              again.reset();
              publish.reset();
              draft.mutate(source);
            }}
          >
            {draft.isPending ? "Reading and comparing…" : "Check and compare"}
          </Button>
          <span className="text-sm text-muted">
            {currentNumber === null
              ? "There is no current version to compare with."
              : `It is compared with version ${currentNumber}, which is current. Nobody is told yet.`}
          </span>
        </div>
      </LiveFieldset>
      {draft.isError && <DraftProblems error={draft.error} />}
      {preview !== undefined && (
        <>
          <DraftPreviewView preview={preview} place={place} />
          {!preview.sameContract && (
            <>
              <Field
                id="release-note"
                label="Release note"
                hint="Markdown. It stands above the generated list in the changelog: why, and how to move."
              >
                <TextArea
                  id="release-note"
                  aria-describedby="release-note-hint"
                  rows={5}
                  maxLength={20_000}
                  value={releaseNote}
                  onChange={(event) => setReleaseNote(event.target.value)}
                />
              </Field>
              {publish.isError && (
                <Callout tone="breaking" title="It was not published" role="alert">
                  {publish.error.message}
                </Callout>
              )}
              <div className="flex flex-wrap items-center gap-3">
                {outdated ? (
                  <Button disabled={again.isPending} onClick={() => again.mutate(preview.draft.id)}>
                    Compare with what is current now
                  </Button>
                ) : (
                  <Button
                    look="primary"
                    disabled={publish.isPending}
                    onClick={() => publish.mutate({ draftId: preview.draft.id, baseNumber: preview.baseNumber })}
                  >
                    {publish.isPending ? "Publishing…" : `Publish version ${preview.nextNumber}`}
                  </Button>
                )}
                <span className="text-sm text-muted">
                  {preview.followerCount === 0
                    ? "Nobody follows this API, so nobody is told."
                    : `${preview.followerCount.toLocaleString("en")} ${preview.followerCount === 1 ? "person follows" : "people follow"} this API and ${preview.followerCount === 1 ? "is" : "are"} told as they chose.`}
                </span>
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}
