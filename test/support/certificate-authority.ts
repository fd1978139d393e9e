import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

export interface IssuedCertificate {
  pem: string;
  key: KeyObject;
  keyPem: string;
}

export interface CertificateAuthority {
  readonly pem: string;
  issue(name: string, options?: IssueOptions): IssuedCertificate;
  /** An authority below this one. */
  issueAuthority(name: string): CertificateAuthority;
}

export interface IssueOptions {
  /** From now. */
  validFromDays?: number;
  validToDays?: number;
  keyBits?: number;
}

const DAY_MS = 86_400_000;
let serial = 1;

/** An authority of the tests' own, whose root nobody trusts but they. */
export function createCertificateAuthority(name = 'Test root'): CertificateAuthority {
  const keys = newKeys();
  const certificate = signedCertificate({ subject: name, keys, issuer: name, issuerKeys: keys, isAuthority: true });
  return authority(name, keys, forge.pki.certificateToPem(certificate));
}

/** A certificate that nobody but itself vouches for. */
export function selfSigned(name: string): IssuedCertificate {
  const keys = newKeys();
  return issued(keys, signedCertificate({ subject: name, keys, issuer: name, issuerKeys: keys, isAuthority: false }));
}

interface Keys {
  keyPem: string;
  privateKey: forge.pki.rsa.PrivateKey;
  publicKey: forge.pki.rsa.PublicKey;
}

function authority(name: string, keys: Keys, pem: string): CertificateAuthority {
  return {
    pem,
    issue(subject, options = {}) {
      const own = newKeys(options.keyBits);
      return issued(own, signedCertificate({ subject, keys: own, issuer: name, issuerKeys: keys, isAuthority: false, ...options }));
    },
    issueAuthority(subject) {
      const own = newKeys();
      return authority(subject, own, forge.pki.certificateToPem(signedCertificate({ subject, keys: own, issuer: name, issuerKeys: keys, isAuthority: true })));
    },
  };
}

/** Node makes keys a hundred times faster than forge. */
function newKeys(bits = 2048): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const keyPem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return { keyPem, privateKey: forge.pki.privateKeyFromPem(keyPem), publicKey: forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString()) };
}

function signedCertificate(what: { subject: string; keys: Keys; issuer: string; issuerKeys: Keys; isAuthority: boolean } & IssueOptions): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = what.keys.publicKey;
  certificate.serialNumber = (serial++).toString(16).padStart(4, '0');
  certificate.validity.notBefore = new Date(Date.now() + (what.validFromDays ?? -1) * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + (what.validToDays ?? 30) * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: what.subject }]);
  certificate.setIssuer([{ name: 'commonName', value: what.issuer }]);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: what.isAuthority, critical: true },
    what.isAuthority ? { name: 'keyUsage', keyCertSign: true, critical: true } : { name: 'subjectAltName', altNames: [{ type: 2, value: what.subject }] },
  ]);
  certificate.sign(what.issuerKeys.privateKey, forge.md.sha256.create());
  return certificate;
}

function issued({ keyPem }: Keys, certificate: forge.pki.Certificate): IssuedCertificate {
  return { pem: forge.pki.certificateToPem(certificate), key: createPrivateKey(keyPem), keyPem };
}
