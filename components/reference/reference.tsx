"use client";

import dynamic from "next/dynamic";
import { ReferenceSkeleton } from "./reference-skeleton.tsx";

/** The reference; its library is large, works only in a browser, and is loaded on this page alone. */
export const Reference = dynamic(() => import("./swagger-reference.tsx").then((file) => file.SwaggerReference), {
  ssr: false,
  loading: () => <ReferenceSkeleton />,
});
