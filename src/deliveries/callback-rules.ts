import { isIP } from 'node:net';
import { ViewpointError } from '../domain/errors.js';
import { isPublicAddress } from './public-address.js';

/** Which URLs may be called. */
export interface CallbackRules {
  /**
   * The URL in its normal form.
   * @throws ViewpointError `callback_refused` when it may not be called; that its name leads to a public address shows only when it is called.
   */
  checked(url: string): string;
  /** Whether the host may be called over plain HTTP and wherever it is. */
  isTrusted(url: URL): boolean;
}

const MAX_URL_CHARACTERS = 2048;

/**
 * @param allowedHosts Hosts, as `host` for all ports or `host:port`, which the operator vouches for; IPv6 addresses in brackets.
 */
export function createCallbackRules(allowedHosts: readonly string[]): CallbackRules {
  const trusted = new Set(allowedHosts.map((host) => host.toLowerCase()));

  function isTrusted({ hostname, port, protocol }: URL): boolean {
    const name = hostname.toLowerCase();
    return trusted.has(name) || trusted.has(`${name}:${port === '' ? defaultPort(protocol) : port}`);
  }

  return {
    isTrusted,
    checked(text) {
      const url = parsed(text);
      if (url.username !== '' || url.password !== '') throw refused('it holds a user name or password; put a token into its path or query instead');
      url.hash = '';
      if (isTrusted(url)) return url.href;
      if (url.protocol !== 'https:') throw refused('it does not start with https://; CALLBACK_ALLOWED_HOSTS names the hosts for which http:// will do');
      const address = addressIn(url);
      if (address !== null && !isPublicAddress(address)) throw refused(`its address ${address} is not a public one; CALLBACK_ALLOWED_HOSTS names the others that may be called`);
      return url.href;
    },
  };
}

/** The IP address that a URL names instead of a host, in its normal form; null when it names a host. */
function addressIn({ hostname }: URL): string | null {
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(address) === 0 ? null : address;
}

function parsed(text: string): URL {
  if (text.length > MAX_URL_CHARACTERS) throw refused(`it is longer than ${MAX_URL_CHARACTERS} characters`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) throw refused('it is no http or https URL');
  // Normal form has no spaces, which separate URLs on the row.
  if (/\s/.test(url.href)) throw refused('it holds white space');
  return url;
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function refused(reason: string): ViewpointError {
  return new ViewpointError('callback_refused', `The callback URL cannot be called: ${reason}.`);
}
