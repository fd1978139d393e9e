import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES, scopesAmong, type Authenticate, type Principal, type Scope } from '../domain/access.js';

/** One API key as the configuration has it. */
interface ApiKey {
  name: string;
  scopes: Scope[];
  secret: string;
}

const SHORTEST_SECRET = 24;
const ENTRY = /^(?<name>[A-Za-z0-9_.-]{1,64}):(?<scopes>[a-z+]+):(?<secret>[\x21-\x2b\x2d-\x7e]+)$/;

/**
 * Reads the value of `API_KEYS`: entries `name:scopes:secret` separated by commas, scopes joined by `+`.
 * @throws Error that names the entry by its number, never by its content.
 */
export function parseApiKeys(text: string): ApiKey[] {
  const keys = text.split(',').map((entry, index) => apiKeyOf(entry.trim(), index + 1));
  const twice = keys.find(({ name }, index) => keys.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new Error(`API_KEYS names two keys "${twice.name}".`);
  return keys;
}

function apiKeyOf(entry: string, number: number): ApiKey {
  const { name, scopes, secret } = ENTRY.exec(entry)?.groups ?? {};
  if (name === undefined || scopes === undefined || secret === undefined) throw new Error(`API_KEYS: entry ${number} is not of the form name:scope+scope:secret.`);
  const words = scopes.split('+');
  const known = scopesAmong(words);
  if (known.length !== new Set(words).size) throw new Error(`API_KEYS: entry ${number} has a scope other than ${SCOPES.join(', ')}.`);
  if (secret.length < SHORTEST_SECRET) throw new Error(`API_KEYS: the secret of entry ${number} has fewer than ${SHORTEST_SECRET} characters.`);
  return { name, scopes: known, secret };
}

/**
 * Tells who holds an API key. Only digests stay in memory, and each is compared in constant time with the digest of
 * what came, so that neither a dump nor the time of an answer gives a key away.
 */
export function apiKeyAuthentication(keys: readonly ApiKey[]): Authenticate {
  const known: { digest: Buffer; principal: Principal }[] = keys.map(({ name, scopes, secret }) => ({ digest: digestOf(secret), principal: { name: `key:${name}`, scopes } }));
  return (token) => {
    const digest = digestOf(token);
    let found: Principal | null = null;
    // All are compared, found or not.
    for (const { digest: other, principal } of known) if (timingSafeEqual(digest, other)) found = principal;
    return Promise.resolve(found);
  };
}

/** Keys are long and random, so that a plain digest cannot be searched. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
