import { readTreFields } from '../sensor-models/tre-fields.js';

/** When an image was taken: between two times (RFC 3339, UTC), which are the same where the moment is known. */
export interface AcquisitionTime {
  start: string;
  end: string;
}

/** Where an image may say when it was taken. */
export interface TimeClues {
  /** GDAL's default metadata domain. */
  metadata: Readonly<Record<string, string>>;
  /** GDAL's `IMAGERY` metadata domain. */
  imageryMetadata: Readonly<Record<string, string>>;
  /** Field texts of the TREs of a name. */
  tres: (name: string) => string[];
  /** Begin of the collection by a SICD or SIDD document. */
  sarCollectionStart: string | null;
}

/** GDAL writes this into NITF files that it is told no time for. */
const GDAL_PLACEHOLDER = '20021216151629';

/**
 * When the image was taken, by what is closest to the sensor: the SICD or SIDD document, STDIDC's ACQUISITION_DATE
 * (STDI-0002 Volume 1, Appendix D), GDAL's ACQUISITIONDATETIME, NITF's IDATIM (MIL-STD-2500C, table A-3), Exif's
 * DateTimeOriginal, and at last TIFF's DateTime (TIFF 6.0, section 8), the time at which the image was created.
 * Times without a zone are taken for UTC. Null when nothing tells.
 */
export function acquisitionTime({ metadata, imageryMetadata, tres, sarCollectionStart }: TimeClues): AcquisitionTime | null {
  const [stdidc] = tres('STDIDC');
  const imageTime = metadata['NITF_IDATIM'];
  const clues = [
    sarCollectionStart,
    stdidc === undefined || stdidc.length < 14 ? null : readTreFields('STDIDC', stdidc).text('ACQUISITION_DATE', 14),
    imageryMetadata['ACQUISITIONDATETIME'],
    imageTime === GDAL_PLACEHOLDER ? null : imageTime,
    metadata['EXIF_DateTimeOriginal'],
    metadata['TIFFTAG_DATETIME'],
  ];
  for (const clue of clues) {
    const time = typeof clue === 'string' ? parseTime(clue) : null;
    if (time !== null) return time;
  }
  return null;
}

/** Year to second with any or no separators, a fraction and a zone; NITF has hyphens for what is not known. */
const TIME = /^(\d{4})[-:/]?(\d\d)[-:/]?(\d\d)(?:[T ]?(\d\d|--):?(\d\d|--):?(\d\d|--)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;
const EARLIEST_YEAR = 1826; // that of the oldest photograph

function parseTime(text: string): AcquisitionTime | null {
  const [, year = '', month = '', day = '', ...rest] = TIME.exec(text.trim()) ?? [];
  const [hour, minute, second] = rest.map((part) => (part === '--' ? undefined : part));
  const [fraction, zone] = [rest[3] ?? '', rest[4] ?? 'Z'];
  const at = (ofHour: string, ofMinute: string, ofSecond: string): Date =>
    new Date(`${year}-${month}-${day}T${hour ?? ofHour}:${minute ?? ofMinute}:${second ?? ofSecond}${second === undefined ? '' : fraction}${withColon(zone)}`);
  const [start, end] = [at('00', '00', '00'), at('23', '59', '59')];
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || Number(year) < EARLIEST_YEAR || !isDayOfMonth(year, month, day)) return null;
  return { start: start.toISOString(), end: end.toISOString() };
}

function withColon(zone: string): string {
  return /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}

/** JavaScript takes the 30th of February for the 1st of March. */
function isDayOfMonth(year: string, month: string, day: string): boolean {
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}
