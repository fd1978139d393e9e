import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { scopesAmong, type Authenticate } from '../domain/access.js';
import { messageOf, ViewpointError } from '../domain/errors.js';

export interface OidcOptions {
  /** As in the tokens' `iss`. */
  issuer: string;
  /** As in the tokens' `aud`. */
  audience: string;
  /** Where the issuer's keys are; asked of its discovery document otherwise. */
  jwksUrl?: string | undefined;
  /** Claim that lists the scopes: words separated by spaces, or an array. */
  scopesClaim: string;
}

/** Signatures by a private key alone: a secret that verifies could also sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CLOCK_TOLERANCE_SECONDS = 30;
const DISCOVERY_TIMEOUT_MS = 5000;
const LONGEST_TOKEN = 16_384;
const LONGEST_SUBJECT = 200;

/**
 * Tells who holds a JSON Web Token of an OpenID Connect issuer: signature by the issuer's JWKS, `iss`, `aud`, `exp` and
 * `nbf` (RFC 7519 section 4.1). The keys are asked for with the first token and kept, and asked for anew when a token names an
 * unknown one, at most twice a minute. A token that does not hold is nobody's: null.
 * @throws ViewpointError `dependency_unavailable` when the issuer's keys cannot be had.
 */
export function oidcAuthentication(options: OidcOptions): Authenticate {
  const { issuer, audience, scopesClaim } = options;
  let keys: Promise<JWTVerifyGetKey> | undefined;

  function issuersKeys(): Promise<JWTVerifyGetKey> {
    keys ??= jwksUrlOf(options).then((url) => createRemoteJWKSet(url, { timeoutDuration: DISCOVERY_TIMEOUT_MS }));
    keys.catch(() => (keys = undefined));
    return keys;
  }

  return async (token) => {
    if (token.length > LONGEST_TOKEN || token.split('.').length !== 3) return null;
    try {
      const { payload } = await jwtVerify(token, await issuersKeys(), { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE_SECONDS, requiredClaims: ['exp', 'sub'] });
      return { name: `sub:${(payload.sub ?? '').slice(0, LONGEST_SUBJECT)}`, scopes: scopesAmong(wordsOf(payload, scopesClaim)) };
    } catch (error) {
      if (isTokensFault(error)) return null;
      throw new ViewpointError('dependency_unavailable', 'The keys of the OpenID Connect issuer cannot be had. Try again later.', { cause: error });
    }
  };
}

/** OpenID Connect Discovery 1.0, section 4. */
async function jwksUrlOf({ issuer, jwksUrl }: OidcOptions): Promise<URL> {
  if (jwksUrl !== undefined) return new URL(jwksUrl);
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error(`${url} is of another issuer`);
  try {
    return new URL(String(document.jwks_uri));
  } catch (error) {
    throw new Error(`${url} has no jwks_uri: ${messageOf(error)}`, { cause: error });
  }
}

/** Whether the token is to blame, and not the way to the keys. */
function isTokensFault(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  // jose throws its base class where the JWKS endpoint does not answer 200 or not in JSON.
  return error instanceof errors.JOSEError && error.code !== errors.JOSEError.code;
}

function wordsOf(payload: JWTPayload, claim: string): string[] {
  const value = payload[claim];
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}
