import { operations } from "@/lib/contract/index.ts";
import { bindRoute, serveEvents } from "@/lib/next/index.ts";

export const GET = bindRoute(operations.streamEvents, serveEvents);
