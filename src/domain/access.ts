/** What a caller may do: `process` includes `read`, `admin` includes both. */
export const SCOPES = ['read', 'process', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sent a request, once that is proven. */
export interface Principal {
  /** Name of the API key, or subject of the token; fit for logs. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Finds out who holds a bearer token (RFC 6750); null when nobody does. */
export type Authenticate = (token: string) => Promise<Principal | null>;

/** Whether the principal has the scope, or one that includes it. */
export function hasScope({ scopes }: Principal, wanted: Scope): boolean {
  return scopes.some((scope) => SCOPES.indexOf(scope) >= SCOPES.indexOf(wanted));
}

/** The scopes of ours among any words. */
export function scopesAmong(words: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => words.includes(scope));
}
