import { describeBytes, describeSeconds } from '../domain/units.js';
import type { InspectResult } from './inspect-image.js';
import type { ProcessResult } from './process-image.js';

type Fact = readonly [name: string, value: string];

const CORNER_NAMES = ['upper left', 'lower left', 'lower right', 'upper right'];

/** What came of `process`, for people. */
export function describeProcessed({ image, files, timings_ms }: ProcessResult): string {
  const timings = Object.entries(timings_ms).map(([step, milliseconds]) => `${step === 'download' ? 'copy' : step} ${describeSeconds(milliseconds)}`);
  return [
    ...section('Image', imageFacts(image)),
    ...section('Georeference', [['placed by', image.sensor_model ?? `nothing: ${image.no_footprint_reason ?? 'no reason is given'}`]]),
    ...section('Files', files.map(({ path, bytes }) => [path, describeBytes(bytes)])),
    ...section('Steps', [['took', timings.join(', ')]]),
  ].join('\n');
}

/** What `inspect` found, for people. */
export function describeInspected({ image, corners, footprint, bands }: InspectResult): string {
  const { sensor_model, precision, reason } = footprint.properties;
  return [
    ...section('Image', imageFacts(image)),
    ...section('Footprint (longitude, latitude)', [
      ['placed by', sensor_model === null ? `nothing: ${reason ?? 'no reason is given'}` : `${sensor_model} (${precision ?? 'unknown'})`],
      ...(corners ?? []).map((corner, index): Fact => [CORNER_NAMES[index] ?? '', corner.join(', ')]),
      ...(footprint.bbox === undefined ? [] : [['west, south, east, north', footprint.bbox.join(', ')] as const]),
    ]),
    '',
    'Statistics',
    ...table([
      ['band', 'type', 'minimum', 'maximum', 'mean', 'std. dev.', 'valid %'],
      ...bands.map(({ name, data_type, statistics }) => [name, data_type, ...[statistics?.minimum, statistics?.maximum, statistics?.mean, statistics?.stddev, statistics?.valid_percent].map(figure)]),
    ]),
  ].join('\n').trimStart();
}

function imageFacts(image: InspectResult['image']): Fact[] {
  return [
    ['format', image.driver],
    ['size', `${image.width} × ${image.height} pixels, ${image.bands} band${image.bands === 1 ? '' : 's'} of ${image.data_type}`],
    ['overviews', image.overviews],
    ...image.other_images.map((other): Fact => ['also in the file', other]),
    ...image.rejected_side_files.map((reason): Fact => ['not used', reason]),
  ];
}

function section(title: string, facts: readonly Fact[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return ['', title, ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

/** Columns as wide as they must be, the first two to the left and the numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd());
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : String(Number(value.toPrecision(6)));
}
