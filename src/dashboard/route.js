/**
 * What the address shows: everything behind the `#`, so that the service need not know of it.
 * @typedef {{ view: 'list', status: string, token: string } | { view: 'viewpoint', id: string }} Route
 */

const VIEWPOINT = /^#\/viewpoints\/([^/?]+)$/;

/** @param {string} hash @returns {Route} */
export function routeOf(hash) {
  const id = VIEWPOINT.exec(hash)?.[1];
  if (id !== undefined) return { view: 'viewpoint', id: decoded(id) };
  const query = new URLSearchParams(hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : '');
  return { view: 'list', status: query.get('status') ?? '', token: query.get('token') ?? '' };
}

/** @param {string} id */
export function viewpointLink(id) {
  return `#/viewpoints/${encodeURIComponent(id)}`;
}

/** @param {{ status?: string, token?: string }} query */
export function listLink({ status = '', token = '' }) {
  const query = new URLSearchParams();
  if (status !== '') query.set('status', status);
  if (token !== '') query.set('token', token);
  const text = query.toString();
  return text === '' ? '#/' : `#/?${text}`;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no such id can exist, and the service says so
  }
}
