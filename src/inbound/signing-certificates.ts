import { type KeyObject } from 'node:crypto';
import { ViewpointError } from '../domain/errors.js';
import { readSigningCertificate, type SigningCertificate } from './signing-certificate.js';
import type { SnsClient } from './sns-client.js';

export interface SigningCertificates {
  /** @throws ViewpointError `signature_invalid` when there is no such certificate or it is refused, `dependency_unavailable`. */
  keyAt(url: URL): Promise<KeyObject>;
}

const KEPT_MS = 24 * 3_600_000;
/** A certificate that is refused may be asked for again and again by somebody who wants to keep this service busy. */
const REFUSAL_KEPT_MS = 60_000;
const MOST_KEPT = 32;
const MOST_UNDER_WAY = 4;

interface Kept {
  certificate: Promise<SigningCertificate>;
  /** Epoch milliseconds; Infinity while it is being fetched. */
  until: number;
}

/** Certificates of SNS by their address: fetched once for all who ask at a time, checked, and kept for a day. */
export function createSigningCertificates(deps: { client: SnsClient; now: () => number }): SigningCertificates {
  const { client, now } = deps;
  const kept = new Map<string, Kept>();

  function fetched(url: URL): Kept {
    if ([...kept.values()].filter(({ until }) => until === Infinity).length >= MOST_UNDER_WAY) {
      throw new ViewpointError('dependency_unavailable', 'Too many certificates are being fetched at a time. Try again.');
    }
    const entry: Kept = { certificate: client.get(url).then((pem) => readSigningCertificate(pem, now())), until: Infinity };
    entry.certificate.then(
      ({ validToMs }) => (entry.until = Math.min(validToMs, now() + KEPT_MS)),
      (error: unknown) => {
        const isFinal = error instanceof ViewpointError && !error.retryable;
        entry.until = isFinal ? now() + REFUSAL_KEPT_MS : 0;
      },
    );
    kept.set(url.href, entry);
    forgetOldest();
    return entry;
  }

  /** A map goes by age; what is under way stays, so that it counts. */
  function forgetOldest(): void {
    for (const [href, { until }] of kept) {
      if (kept.size <= MOST_KEPT) break;
      if (until !== Infinity) kept.delete(href);
    }
  }

  return {
    async keyAt(url) {
      const known = kept.get(url.href);
      if (known !== undefined && known.until > now()) return (await known.certificate).key;
      kept.delete(url.href);
      return (await fetched(url).certificate).key;
    },
  };
}
