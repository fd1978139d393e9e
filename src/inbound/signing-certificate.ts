import { X509Certificate, type KeyObject } from 'node:crypto';
import { messageOf, ViewpointError } from '../domain/errors.js';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const LONGEST_CHAIN = 5;
const SHORTEST_KEY_BITS = 2048;
/** The names differ by partition and age of the region, as `sns.amazonaws.com` or `sns-signing.eu-south-1.amazonaws.com`. */
const SNS_NAME = /^sns(-[a-z0-9-]+)?(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

export interface SigningCertificate {
  key: KeyObject;
  /** Epoch milliseconds. */
  validToMs: number;
}

/**
 * The certificate with which SNS signs, out of the file that it publishes: valid now, of SNS by its name, with an RSA
 * key, and not signed by itself. Where the file goes on with the certificates that issued it, each must have issued the
 * one before. SNS publishes its certificate alone; that it comes from a host of SNS over TLS is what makes it trusted.
 * @throws ViewpointError `signature_invalid`.
 */
export function readSigningCertificate(pem: string, nowMs: number): SigningCertificate {
  const chain = certificatesIn(pem);
  const [leaf, ...issuers] = chain;
  if (leaf === undefined || chain.length > LONGEST_CHAIN) throw refusal('the file holds no certificate, or too many');
  for (const certificate of chain) refuseOutOfDate(certificate, nowMs);
  if (leaf.ca || leaf.checkIssued(leaf)) throw refusal('it is not issued by an authority');
  if (!namesOf(leaf).some((name) => SNS_NAME.test(name))) throw refusal('it was not issued to Amazon SNS');
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey;
  if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_KEY_BITS) throw refusal(`its key is not RSA of at least ${SHORTEST_KEY_BITS} bits`);
  let issued = leaf;
  for (const issuer of issuers) {
    if (!issuer.ca || !issued.checkIssued(issuer) || !issued.verify(issuer.publicKey)) throw refusal('its chain of issuers is broken');
    issued = issuer;
  }
  return { key: leaf.publicKey, validToMs: Math.min(...chain.map(({ validTo }) => Date.parse(validTo))) };
}

function certificatesIn(pem: string): X509Certificate[] {
  try {
    return (pem.match(PEM_BLOCK) ?? []).map((block) => new X509Certificate(block));
  } catch (error) {
    throw refusal(`it cannot be read (${messageOf(error)})`);
  }
}

function refuseOutOfDate({ validFrom, validTo }: X509Certificate, nowMs: number): void {
  if (!(Date.parse(validFrom) <= nowMs && nowMs <= Date.parse(validTo))) throw refusal(`it is valid from ${validFrom} to ${validTo} only`);
}

/** The DNS names of a certificate, and its common name. */
function namesOf({ subject, subjectAltName }: X509Certificate): string[] {
  const alternative = (subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:')).map((name) => name.slice('DNS:'.length));
  const common = subject.split('\n').filter((part) => part.startsWith('CN=')).map((part) => part.slice('CN='.length));
  return [...alternative, ...common];
}

function refusal(reason: string): ViewpointError {
  return new ViewpointError('signature_invalid', `The certificate of the signature is refused: ${reason}.`);
}
