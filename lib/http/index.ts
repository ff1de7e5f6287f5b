/**
 * The one way out of the portal: for fetching descriptions, for calls of the console, later for webhooks.
 *
 * Promises: a connection is made only to an IP address that was observed in the cluster or to a host that an admin listed,
 * checked as an address after all spellings are undone, resolved once and pinned, so that no second look-up can lead
 * elsewhere. Link-local and metadata addresses are refused whatever anybody says, and so are the portal's own servers where
 * they are given; loopback unless it is listed as an address. No redirect is followed. Every body has a limit in bytes and
 * time, also after decompression; so has the number of open connections. Everything that can happen is an outcome.
 * Does not: retry, keep connections, send credentials of its own, decide who may call what.
 * Fails: an answer's body ends with `StreamCut` where a limit is reached or the other side breaks off.
 */
export { createAddressGuard, type AddressGuard, type AddressOrigin, type GuardedAddress } from "./address-guard.ts";
export { fetchBody, type FetchRequest, type HttpOutcome } from "./fetch-body.ts";
export { openStream, type StreamOutcome, type StreamRequest } from "./open-stream.ts";
export { StreamCut, type FailedOutcome } from "./outcomes.ts";
