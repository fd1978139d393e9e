import ipaddr from 'ipaddr.js';

/** NAT64 of an IPv6-only network, which leads to the IPv4 address in the last 32 bits (RFC 6052, section 2.1). */
const NAT64_PREFIX = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** The only part of IPv6 from which addresses for the whole Internet are given out (RFC 4291, section 2.4; IANA). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address, as text, leads to the public Internet: not to this machine, its networks, the cloud's metadata
 * service, many receivers at once, nor by a tunnel or translation to where the address itself does not tell.
 * Anything that is no address does not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.zoneId !== undefined && address.zoneId !== '') return false;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().range() === 'unicast';
  if (address.match(NAT64_PREFIX)) return new ipaddr.IPv4(address.toByteArray().slice(12)).range() === 'unicast';
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}
