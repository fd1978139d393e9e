import { createHmac, timingSafeEqual } from 'node:crypto';
import { ViewpointError } from '../src/domain/errors.js';

export interface PageTokens {
  /** The token of the page behind a viewpoint, for this filter alone. */
  tokenAfter(viewpointId: string, filter: string): string;
  /** @throws ViewpointError `invalid_request` for a token that this service did not make, or made for another filter. */
  viewpointIdIn(token: string, filter: string): string;
}

/** Page tokens that callers can neither read meaning into nor make: the position, signed (HMAC-SHA-256). */
export function createPageTokens(secret: string): PageTokens {
  const sign = (viewpointId: string, filter: string) => createHmac('sha256', secret).update(`${filter}\0${viewpointId}`).digest();

  return {
    tokenAfter: (viewpointId, filter) => Buffer.concat([sign(viewpointId, filter), Buffer.from(viewpointId)]).toString('base64url'),

    viewpointIdIn(token, filter) {
      const bytes = Buffer.from(token, 'base64url');
      const viewpointId = bytes.subarray(32).toString();
      const expected = sign(viewpointId, filter);
      if (bytes.length > 32 && timingSafeEqual(bytes.subarray(0, 32), expected)) return viewpointId;
      throw new ViewpointError('invalid_request', 'The page token is not one of this list. Take `next_token` of the page before, with the same filter, or start without a token.');
    },
  };
}
