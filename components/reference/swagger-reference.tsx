"use client";

import { useEffect, useMemo, useRef } from "react";
import SwaggerUI from "swagger-ui-react";
import "swagger-ui-react/swagger-ui.css";
import "./swagger-theme.css";
import { openOperation } from "./open-operation.ts";
import type { SwaggerSystem } from "./open-operation.ts";
import { plainText } from "./plain-text.tsx";
import { tryFromSwagger } from "./try-from-swagger.ts";
import type { SwaggerRequest, TryTarget } from "./try-from-swagger.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** Swagger UI on one version's document. Its requests go through the portal; nothing else is ever fetched by it. */
export function SwaggerReference({
  documentUrl,
  tries,
  target,
  operation,
}: {
  readonly documentUrl: string;
  readonly tries: boolean;
  readonly target: TryTarget;
  readonly operation?: string;
}) {
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  }, [target]);
  // Swagger UI starts over when a property changes, so what it gets must keep its identity while the page refreshes.
  const settings = useMemo(
    () => ({
      requestInterceptor: async (request: SwaggerRequest) => {
        if (request["loadSpec"] !== true) return tryFromSwagger(request, latest.current);
        if (new URL(String(request["url"]), location.href).href === new URL(documentUrl, location.href).href)
          return request;
        throw new Error("References to other documents are not followed.");
      },
      onComplete: (system: SwaggerSystem) => {
        if (operation !== undefined) openOperation(system, operation);
      },
    }),
    [documentUrl, operation],
  );
  return (
    <div className="gatebook-reference">
      <SwaggerUI
        url={documentUrl}
        docExpansion="list"
        defaultModelsExpandDepth={0}
        filter={target.operations.length > 20}
        supportedSubmitMethods={tries ? [...methods] : []}
        showMutatedRequest={false}
        persistAuthorization={false}
        plugins={plugins}
        requestInterceptor={settings.requestInterceptor}
        onComplete={settings.onComplete}
      />
    </div>
  );
}

const plugins = [plainText];
