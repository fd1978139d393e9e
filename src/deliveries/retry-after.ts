/**
 * The wait that a `Retry-After` header asks for, seconds or an HTTP date (RFC 9110, section 10.2.3), in milliseconds;
 * undefined when there is none that can be read.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse takes much that is no HTTP date, such as a lone negative number.
  const time = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
