import { TreFormatError } from './errors.js';

/** Reads the fixed-width fields of one TRE in their order; each call consumes its field. */
export interface TreFields {
  /** The field without the spaces around it. */
  text(fieldName: string, length: number): string;
  /** @throws TreFormatError when the field is not a decimal number, with or without an exponent. */
  real(fieldName: string, length: number): number;
  /** Null when the field is all spaces, by which a TRE says "not given". */
  optionalReal(fieldName: string, length: number): number | null;
  /** @throws TreFormatError when the field is not a whole number between the limits (both included). */
  integer(fieldName: string, length: number, minimum?: number, maximum?: number): number;
  /** Null when the field is all spaces. */
  optionalInteger(fieldName: string, length: number): number | null;
  /** Reals of the same length that follow each other. */
  reals(fieldName: string, length: number, count: number): number[];
  /** Passes over fields of no interest. */
  skip(fieldName: string, length: number): void;
  /** Makes sure that so many characters are left. */
  requireLength(fieldName: string, length: number): void;
  /** Throws the TreFormatError for a field whose value cannot be. */
  refuse(fieldName: string, problem: string): never;
}

const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;
/** Writers pad with NUL as well as with the spaces that the specification asks for. */
const PADDING = /^[\s\0]+|[\s\0]+$/g;

/**
 * A reader of a TRE's field text: its CEDATA decoded as Latin-1, one character per byte,
 * without the tag and length in front (JBP, section 5.9; the field types are BCS-A and BCS-N).
 * Every method throws a TreFormatError that names the TRE and the field.
 */
export function readTreFields(treName: string, text: string): TreFields {
  let offset = 0;

  function refuse(fieldName: string, problem: string): never {
    throw new TreFormatError(treName, fieldName, problem);
  }

  function requireLength(fieldName: string, length: number): void {
    const end = offset + length;
    if (end > text.length) refuse(fieldName, `the text ends at ${text.length} characters, before ${end}`);
  }

  function take(fieldName: string, length: number): string {
    requireLength(fieldName, length);
    const raw = text.slice(offset, offset + length);
    offset += length;
    return raw.replace(PADDING, '');
  }

  function toReal(fieldName: string, value: string): number {
    const number = REAL.test(value) ? Number(value.replace(/[Dd]/, 'E')) : NaN;
    return Number.isFinite(number) ? number : refuse(fieldName, `"${value}" is not a number`);
  }

  function toInteger(fieldName: string, value: string): number {
    return INTEGER.test(value) ? Number(value) : refuse(fieldName, `"${value}" is not a whole number`);
  }

  const real = (fieldName: string, length: number): number => toReal(fieldName, take(fieldName, length));

  return {
    text: take,
    real,
    optionalReal(fieldName, length) {
      const value = take(fieldName, length);
      return value === '' ? null : toReal(fieldName, value);
    },
    integer(fieldName, length, minimum = -Infinity, maximum = Infinity) {
      const value = toInteger(fieldName, take(fieldName, length));
      const inRange = value >= minimum && value <= maximum;
      return inRange ? value : refuse(fieldName, `${value} is not between ${minimum} and ${maximum}`);
    },
    optionalInteger(fieldName, length) {
      const value = take(fieldName, length);
      return value === '' ? null : toInteger(fieldName, value);
    },
    reals: (fieldName, length, count) => Array.from({ length: count }, (_, index) => real(`${fieldName}_${index + 1}`, length)),
    skip: (fieldName, length) => void take(fieldName, length),
    requireLength,
    refuse,
  };
}
