import type { Authenticate } from '../domain/access.js';
import { apiKeyAuthentication, parseApiKeys } from './api-keys.js';
import { oidcAuthentication, type OidcOptions } from './oidc.js';

export interface AuthenticationSettings {
  /** Value of `API_KEYS`. */
  apiKeys: string | undefined;
  oidc: OidcOptions | undefined;
}

/** Tells who holds a bearer token, by API keys and then by tokens of the issuer; null when neither is set, so that all may do all. */
export function createAuthentication({ apiKeys, oidc }: AuthenticationSettings): Authenticate | null {
  const ways: Authenticate[] = [];
  if (apiKeys !== undefined) ways.push(apiKeyAuthentication(parseApiKeys(apiKeys)));
  if (oidc !== undefined) ways.push(oidcAuthentication(oidc));
  if (ways.length === 0) return null;
  return async (token) => {
    for (const authenticate of ways) {
      const principal = await authenticate(token);
      if (principal !== null) return principal;
    }
    return null;
  };
}
