import { createAuthentication } from '../access/authentication.js';
import { ConfigError, type Config } from '../config/config.js';
import type { Authenticate } from '../domain/access.js';
import { messageOf } from '../domain/errors.js';

/** Who may call, as the configuration says; null: everybody. @throws ConfigError when API_KEYS cannot be read. */
export function authenticationOf(config: Config): Authenticate | null {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl, OIDC_SCOPES_CLAIM: scopesClaim } = config;
  try {
    return createAuthentication({
      apiKeys: config.API_KEYS,
      oidc: issuer === undefined || audience === undefined ? undefined : { issuer, audience, jwksUrl, scopesClaim },
    });
  } catch (error) {
    throw new ConfigError(messageOf(error));
  }
}
