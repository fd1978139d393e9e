/**
 * Loaded into a replica before its own code: a clock that jumps. Each SIGUSR2 sets it to the next of these offsets from
 * the machine's time, in milliseconds.
 */
const OFFSETS_MS = [3_600_000, -3_600_000, 2500, -2500, 86_400_000, 0];

const RealDate = Date;
let jumps = 0;
let offsetMs = 0;

class ShiftedDate extends RealDate {
  constructor(...values: [] | ConstructorParameters<typeof RealDate>) {
    if (values.length === 0) super(RealDate.now() + offsetMs);
    else super(...values);
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
process.on('SIGUSR2', () => {
  offsetMs = OFFSETS_MS[jumps++ % OFFSETS_MS.length] ?? 0;
});
