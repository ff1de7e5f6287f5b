import type { AcquisitionOutcome, DeclaredPlace, PinnedAddress } from "../model/index.ts";
import { askAddress } from "./ask-address.ts";
import type { AskDeps } from "./ask-address.ts";
import { askPath } from "./ask-path.ts";
import type { Asked } from "./ask-path.ts";
import { failed } from "./failures.ts";
import { judgeAnswer } from "./judge-answer.ts";

export type DeclaredDeps = AskDeps & {
  /** The text of one key of a ConfigMap; null where it is missing or may not be read. */
  readonly readConfigMap: (namespace: string, name: string, key: string) => Promise<string | null>;
};

type Located = { readonly address: PinnedAddress; readonly path: string; readonly place: string };

/** The address that a declared URL names; null where it is none that can be asked. What follows `?` may be a key, and is not shown. */
function locate(text: string): Located | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, host, port, pathname, search, username, password, origin } = new URL(text);
  if ((protocol !== "http:" && protocol !== "https:") || username !== "" || password !== "") return null;
  const scheme = protocol === "https:" ? "https" : "http";
  return {
    address: {
      scheme,
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
      hostHeader: host,
    },
    path: `${pathname}${search}`,
    place: `GET ${origin}${pathname}`.slice(0, 500) + (search === "" ? "" : "?…"),
  };
}

async function askUrl(url: string, deps: AskDeps): Promise<Asked> {
  const located = locate(url);
  if (located === null) {
    return {
      outcome: failed(
        "refused-address",
        "the annotation gatebook.dev/openapi-url",
        "The annotation gatebook.dev/openapi-url must be an http or https URL without credentials.",
        "Write a URL such as https://docs.example.com/openapi.json, of a host that an admin listed in GATEBOOK_ALLOW_HOSTS.",
      ),
      requests: 0,
    };
  }
  const answer = await askAddress(located.address, located.path, "declared", deps);
  return {
    outcome: judgeAnswer(answer, located.place, "declared", deps.etag !== null),
    requests: answer.kind === "refused-address" || answer.kind === "busy" ? 0 : 1,
  };
}

async function readMap(
  { namespace, name, key }: Extract<DeclaredPlace, { kind: "config-map" }>,
  deps: DeclaredDeps,
): Promise<AcquisitionOutcome> {
  const place = `ConfigMap ${namespace}/${name} key ${key}`;
  const text = await deps.readConfigMap(namespace, name, key);
  if (text === null) {
    return failed("config-map-missing", place, "The ConfigMap or its key is not there, or the portal may not read it.");
  }
  return readText(text, place, deps);
}

function readText(text: string, place: string, deps: DeclaredDeps): AcquisitionOutcome {
  const body = Buffer.from(text, "utf8");
  return body.byteLength > deps.bodyBytesMax
    ? failed("too-large", place, "What is in it is larger than the limit.")
    : { kind: "fetched", origin: "declared", place, body, etag: null, addition: null };
}

/** Asks where the owner says that the description is, and nowhere else: a wrong annotation is to be mended, not guessed around. */
export async function askDeclared(
  addresses: readonly PinnedAddress[],
  declared: DeclaredPlace,
  deps: DeclaredDeps,
): Promise<Asked> {
  switch (declared.kind) {
    case "path": {
      const { port } = declared;
      return askPath(
        port === null ? addresses : addresses.map((address) => ({ ...address, port })),
        declared.path,
        "declared",
        deps,
      );
    }
    case "url":
      return askUrl(declared.url, deps);
    case "inline":
      return { outcome: readText(declared.text, declared.place, deps), requests: 0 };
    case "config-map":
      return { outcome: await readMap(declared, deps), requests: 0 };
  }
}
