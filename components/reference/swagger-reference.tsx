"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import SwaggerUI from "swagger-ui-react";
import { QueryProvider } from "../rest/query-provider.tsx";
import { readPortalError } from "../rest/call-portal.ts";
import { Button } from "../ui/button.tsx";
import { Callout } from "../ui/callout.tsx";
import { nameControls } from "./name-controls.ts";
import { openOperation } from "./open-operation.ts";
import { plainParts } from "./plain-parts.tsx";
import { ReferenceSkeleton } from "./reference-skeleton.tsx";
import "./swagger-theme.css";
import { tryFromSwagger } from "./try-from-swagger.ts";
import type { SwaggerRequest, TryTarget } from "./try-from-swagger.ts";

type Props = {
  readonly documentUrl: string;
  /** Whether calls may be sent from here. */
  readonly tries: boolean;
  readonly target: TryTarget;
  /** The operation to unfold, "<METHOD> <path>". */
  readonly operation?: string;
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
const plugins = [plainParts];

/** Swagger UI on one version's document. Its requests go through the portal; nothing else is ever fetched by it. */
export function SwaggerReference(props: Props) {
  return (
    <QueryProvider>
      <Loaded {...props} />
    </QueryProvider>
  );
}

function Loaded({ documentUrl, tries, target, operation }: Props) {
  const description = useQuery({
    queryKey: ["description", documentUrl],
    queryFn: () => fetchDocument(documentUrl),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // Swagger UI keeps the first functions that it is given; they read what is true now through these.
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  }, [target]);
  const [interceptRequest] = useState(() => async (request: SwaggerRequest) => {
    if (request["loadSpec"] === true) throw new Error("References to other documents are not followed.");
    return tryFromSwagger(request, latest.current);
  });

  const root = useRef<HTMLDivElement>(null);
  const ready = description.isSuccess;
  useEffect(() => {
    if (ready && operation !== undefined && root.current !== null) return openOperation(root.current, operation);
  }, [ready, operation]);
  useEffect(() => {
    if (ready && root.current !== null) return nameControls(root.current);
  }, [ready]);

  if (description.isPending) return <ReferenceSkeleton />;
  if (description.isError) {
    return (
      <Callout tone="breaking" title="The description could not be read" role="alert">
        <p>{description.error.message}</p>
        <Button size="small" className="mt-2" onClick={() => void description.refetch()}>
          Try again
        </Button>
      </Callout>
    );
  }
  return (
    <div ref={root} className="gatebook-reference">
      <h2 className="sr-only">Operations</h2>
      <SwaggerUI
        spec={description.data}
        layout="PlainLayout"
        docExpansion="list"
        defaultModelsExpandDepth={0}
        filter={target.operations.length > 20}
        supportedSubmitMethods={tries ? [...methods] : []}
        showMutatedRequest={false}
        persistAuthorization={false}
        plugins={plugins}
        requestInterceptor={interceptRequest}
      />
    </div>
  );
}

async function fetchDocument(url: string): Promise<object> {
  const response = await fetch(url);
  if (!response.ok) throw await readPortalError(response);
  const document: unknown = await response.json();
  if (typeof document !== "object" || document === null) throw new Error("The document is not an object.");
  return document;
}
