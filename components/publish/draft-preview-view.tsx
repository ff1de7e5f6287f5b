import type { DraftPreview } from "@/lib/contract/index.ts";
import { Callout } from "../ui/callout.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { LevelCounts } from "../ui/level-counts.tsx";
import { Section } from "../ui/section.tsx";
import { ChangeList } from "../versions/change-list.tsx";
import type { PagePlace } from "../versions/page-href.ts";

/** What a draft would change if it were published now. */
export function DraftPreviewView({ preview, place }: { readonly preview: DraftPreview; readonly place: PagePlace }) {
  return (
    <Section
      title={
        preview.baseNumber === null
          ? `Version ${preview.nextNumber}, the first`
          : `Version ${preview.nextNumber}, compared with version ${preview.baseNumber}`
      }
      aside={preview.baseNumber === null || preview.sameContract ? undefined : <LevelCounts counts={preview.counts} />}
    >
      <p className="text-sm text-muted">
        Its own label is <span className="font-mono text-foreground">{preview.draft.label}</span>.
      </p>
      {preview.repairs.length > 0 && (
        <Callout tone="info" title="Some of it was mended while reading">
          <ul className="list-disc pl-5">
            {preview.repairs.map((repair) => (
              <li key={`${repair.pointer} ${repair.message}`}>
                <CodedText text={repair.message} />{" "}
                <span className="font-mono text-xs text-muted">{repair.pointer}</span>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {preview.sameContract ? (
        <Callout tone="info" title="It is the same contract as the current version">
          There is nothing to publish: no consumer could tell the difference.
        </Callout>
      ) : preview.baseNumber === null ? (
        <p className="text-muted">It becomes the first version of this API.</p>
      ) : (
        <ChangeList changes={preview.changes} place={place} from={preview.baseNumber} to={preview.nextNumber} />
      )}
    </Section>
  );
}
