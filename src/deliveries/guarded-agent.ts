import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { isPublicAddress } from './public-address.js';

/** A name leads nowhere that may be called. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

const CONNECT_TIMEOUT_MS = 5000;
const CONNECTIONS_PER_HOST = 4;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * An HTTP client that connects to public addresses alone. The check is on the addresses that the connection is then
 * made to, so that a name that leads elsewhere the second time it is looked up gains nothing. A URL that names an
 * address instead of a host is not looked up: whoever uses the agent checks it first.
 */
export function createGuardedAgent(lookup: typeof dns.lookup = dns.lookup): Agent {
  return agentWith(publicLookup(lookup));
}

/** The same without the check, for hosts that the operator vouches for. */
export function createTrustingAgent(): Agent {
  return agentWith(undefined);
}

function agentWith(lookup: LookupFunction | undefined): Agent {
  return new Agent({
    connections: CONNECTIONS_PER_HOST,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(lookup === undefined ? {} : { lookup }) },
  });
}

function publicLookup(lookup: typeof dns.lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (first === undefined) callback(new AddressRefused(`${hostname} leads to no public address (${addresses.map(({ address }) => address).join(', ')})`), '', 0);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
