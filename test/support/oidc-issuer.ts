import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

const KEY_ID = 'key-0';

export interface OidcIssuer {
  readonly issuer: string;
  /** A token that holds, but for the changes to its claims; one that is undefined is left out. */
  token(claims?: Readonly<Record<string, unknown>>, options?: { key?: CryptoKey; algorithm?: string }): Promise<string>;
  /** Paths that were asked for. */
  readonly requests: readonly string[];
  /** While true, it answers 503. */
  isDown: boolean;
  stop(): Promise<void>;
}

/** An OpenID Connect issuer with discovery and JWKS, on a port of its own. */
export async function startOidcIssuer(audience: string): Promise<OidcIssuer> {
  const requests: string[] = [];
  const pair = await generateKeyPair('ES256');
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    void (async () => {
      const documents: Record<string, object> = {
        '/.well-known/openid-configuration': { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/keys` },
        '/keys': { keys: [{ ...(await exportJWK(pair.publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' }] },
      };
      const document = documents[request.url ?? ''];
      response.writeHead(issuer.isDown ? 503 : document === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer: OidcIssuer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    isDown: false,
    async token(claims = {}, options = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload: JWTPayload = { iss: issuer.issuer, aud: audience, sub: 'analyst@example.com', iat: now, exp: now + 600, scope: 'openid read', ...(claims as JWTPayload) };
      return await new SignJWT(payload)
        .setProtectedHeader({ alg: options.algorithm ?? 'ES256', kid: KEY_ID })
        .sign(options.key ?? pair.privateKey);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return issuer;
}
