/** Metadata from which no sensor model can be made; the next best source may still serve. */
export class SensorModelError extends Error {
  override readonly name: string = 'SensorModelError';
}

/** A tagged record extension (TRE) whose text does not follow its specification. */
export class TreFormatError extends SensorModelError {
  override readonly name = 'TreFormatError';

  constructor(
    readonly treName: string,
    readonly fieldName: string,
    problem: string,
  ) {
    super(`${treName}, field ${fieldName}: ${problem}`);
  }
}
