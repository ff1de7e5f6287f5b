/** The roles, each containing the ones before it; "owner" is always owner of something: see `Viewer.groups`. */
export const roles = ["consumer", "owner", "admin"] as const;
export type Role = (typeof roles)[number];

/** Who may see an API (DESIGN §10). `groups` is never empty; no groups at all means admins only. */
export type Visibility =
  | { readonly kind: "public" }
  | { readonly kind: "signed-in" }
  | { readonly kind: "groups"; readonly groups: readonly string[] };

/** Whoever asks: a person with a session, a person's or a machine's token, or nobody known. */
export type Viewer =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "person";
      readonly userId: string;
      readonly name: string;
      readonly email: string | null;
      readonly role: Role;
      readonly groups: readonly string[];
      /** How the person proved who they are; a token cannot create tokens. */
      readonly via: "session" | "token";
    }
  | {
      readonly kind: "machine";
      readonly tokenId: string;
      readonly name: string;
      readonly role: Role;
      readonly groups: readonly string[];
    };

export const anonymous: Viewer = { kind: "anonymous" };

/** What a viewer may see, as data that a query can apply; made by `lib/access` alone. */
export type VisibilityFilter =
  | { readonly kind: "everything" }
  | {
      readonly kind: "limited";
      /** Whether what is open to everyone signed in is included. */
      readonly signedIn: boolean;
      /** What names one of these groups, as audience or as owner, is included. */
      readonly groups: readonly string[];
    };
