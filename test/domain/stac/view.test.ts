import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewProperties } from '../../../src/domain/stac/view.js';

/** STDI-0002 Volume 1, Appendix D: 107 characters, of which the angles are these. */
const use00a = (obliquity: string, elevation: string, azimuth: string): string => `${' '.repeat(21)}${obliquity}${' '.repeat(71)}${elevation}${azimuth}`;
/** STDI-0006, CSEXRA: 132 characters. */
const csexra = (obliquity: string, azimuth: string, elevation: string): string => `${' '.repeat(94)}${obliquity}${' '.repeat(9)}${azimuth}${elevation}${' '.repeat(9)}`;

const records = (texts: Record<string, string>) => (name: string) => (texts[name] === undefined ? [] : [texts[name]]);

test('USE00A tells the incidence angle and where the sun stands', () => {
  const text = use00a('34.12', '+54.3', '151.7');
  assert.equal(text.length, 107);
  assert.deepEqual(viewProperties(records({ USE00A: text }), null), { 'view:incidence_angle': 34.12, 'view:sun_azimuth': 151.7, 'view:sun_elevation': 54.3 });
});

test('CSEXRA goes before USE00A', () => {
  const text = csexra('12.345', '200.500', '-03.250');
  assert.equal(text.length, 132);
  assert.deepEqual(viewProperties(records({ CSEXRA: text, USE00A: use00a('34.12', '+54.3', '151.7') }), null), { 'view:incidence_angle': 12.345, 'view:sun_azimuth': 200.5, 'view:sun_elevation': -3.25 });
});

test('a radar document tells the incidence angle', () => {
  assert.deepEqual(viewProperties(records({}), 41.5), { 'view:incidence_angle': 41.5 });
});

test('angles that are unknown, out of range or no numbers are left out', () => {
  assert.deepEqual(viewProperties(records({ USE00A: use00a('     ', '999.9', '999.9') }), null), {});
  assert.deepEqual(viewProperties(records({ USE00A: use00a('     ', 'night', '151.7') }), null), {});
  assert.deepEqual(viewProperties(records({ CSEXRA: 'cut short' }), null), {});
  assert.deepEqual(viewProperties(records({}), null), {});
});
