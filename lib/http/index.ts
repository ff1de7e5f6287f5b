/**
 * The one way out of the portal: for fetching descriptions, for calls of the console, later for webhooks.
 *
 * Promises: a connection is made only to an address that was observed in the cluster or that an admin listed, checked as an IP
 * address after all spellings are undone, resolved once and pinned, so that no second look-up can lead elsewhere. Link-local
 * and metadata addresses are refused whatever anybody says; loopback unless it is listed. No redirect is followed. Every body
 * has a limit in bytes and time, also after decompression. Everything that can happen is an outcome; nothing throws.
 * Does not: retry, keep connections, send credentials of its own, decide who may call what.
 */
export { createAddressGuard, type AddressGuard, type AddressOrigin, type GuardedAddress } from "./address-guard.ts";
export { fetchBody, type FetchRequest, type HttpOutcome } from "./fetch-body.ts";
export { openStream, StreamCut, type StreamOutcome, type StreamRequest } from "./open-stream.ts";
