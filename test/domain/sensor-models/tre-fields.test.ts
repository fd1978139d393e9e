import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SensorModelError, TreFormatError } from '../../../src/domain/sensor-models/errors.js';
import { readTreFields } from '../../../src/domain/sensor-models/tre-fields.js';
import { real21 } from './tre-text.js';

test('fields are taken in their order and stripped of padding', () => {
  const fields = readTreFields('TESTA', 'ABC  +1.5E+02007   -3 \0');
  assert.equal(fields.text('NAME', 5), 'ABC');
  assert.equal(fields.real('REAL', 8), 150);
  assert.equal(fields.integer('COUNT', 3), 7);
  assert.equal(fields.optionalReal('NONE', 3), null);
  assert.equal(fields.integer('LAST', 4), -3);
});

test('every real that a TRE can write is read back to its last digit', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e90, max: 1e90, noNaN: true, noDefaultInfinity: true }), (value) => {
      fc.pre(Math.abs(value) > 1e-90 || value === 0);
      assert.equal(readTreFields('TESTA', real21(value)).real('R', 21), Number(value.toExponential(14)));
    }),
  );
});

test('forms of real numbers: no point, no digit before it, Fortran exponent', () => {
  for (const [text, value] of [['12', 12], ['.5', 0.5], ['7.', 7], ['+0.107799E-2', 0.00107799], ['1.5D+03', 1500]] as const) {
    assert.equal(readTreFields('TESTA', text).real('R', text.length), value);
  }
});

test('an error names the TRE, the field and the trouble', () => {
  const refusals: [() => unknown, RegExp][] = [
    [() => readTreFields('RPC00B', 'abc').real('LINE_OFF', 3), /RPC00B, field LINE_OFF: "abc" is not a number/],
    [() => readTreFields('RPC00B', '   ').real('LINE_OFF', 3), /LINE_OFF: "" is not a number/],
    [() => readTreFields('RPC00B', '1.5').integer('COUNT', 3), /COUNT: "1.5" is not a whole number/],
    [() => readTreFields('RPC00B', '999').integer('COUNT', 3, 1, 256), /COUNT: 999 is not between 1 and 256/],
    [() => readTreFields('RPC00B', '12').text('NAME', 3), /NAME: the text ends at 2 characters, before 3/],
    [() => readTreFields('RPC00B', '1e999').real('BIG', 5), /BIG: "1e999" is not a number/],
    [() => readTreFields('RPC00B', '0x1F').real('HEX', 4), /HEX: "0x1F" is not a number/],
  ];
  for (const [read, message] of refusals) {
    assert.throws(read, (error) => error instanceof TreFormatError && error instanceof SensorModelError && message.test(error.message));
  }
});

test('no text makes the reader fail with anything but its own error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const fields = readTreFields('TESTA', text);
      try {
        fields.reals('R', 3, 4);
        fields.optionalInteger('I', 2);
      } catch (error) {
        assert.ok(error instanceof TreFormatError);
      }
    }),
  );
});
