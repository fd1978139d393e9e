import { parseArgs } from 'node:util';
import { DEFAULT_TILE_SIZE, MAX_TILE_SIZE, RANGE_ADJUSTMENTS, VIEWPOINT_ID_PATTERN, type RangeAdjustment } from '../domain/viewpoint.js';

export const USAGE = `Usage: viewpoint-worker process IMAGE --out DIR [options]
       viewpoint-worker inspect IMAGE [options]

process   prepares a local image as the service does: copies it to DIR, measures it, builds its overviews, proves that
          a tile can be made, finds its place on Earth and writes the documents beside it
inspect   prints the footprint and the statistics of an image; leaves nothing behind

An .ovr and .aux.xml beside IMAGE are used.

Options of process:
  --out DIR                 folder for the image and its artifacts; made when it is not there
  --id ID                   id in the documents; the file's name without its suffix when left out
  --name NAME               name in the documents; the file's name when left out
  --tile-size N             edge of a tile in pixels (512)
  --range-adjustment KIND   NONE, MINMAX or DRA (NONE)

Options of both:
  --json                    one JSON document on standard output, for scripts; errors too
  --quiet                   no progress
  --help, --version

Exit codes: 0 done; 1 the image cannot be used; 2 the command line is not right; 3 failed for a reason that may pass,
such as a full disk; 130 interrupted.

Settings are the service's environment variables DECODER_MEMORY_MEGABYTES, DECODER_TIMEOUT_SECONDS,
DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE, MAX_IMAGE_GIGASAMPLES and EXACT_STATISTICS.`;

interface CommonOptions {
  image: string;
  json: boolean;
  quiet: boolean;
}

export interface ProcessOptions extends CommonOptions {
  command: 'process';
  out: string;
  id: string | null;
  name: string | null;
  tileSize: number;
  rangeAdjustment: RangeAdjustment;
}

export interface InspectOptions extends CommonOptions {
  command: 'inspect';
}

export type CommandLine = ProcessOptions | InspectOptions | { command: 'help' } | { command: 'version' };

/** A command line that makes no sense; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  out: { type: 'string' },
  id: { type: 'string' },
  name: { type: 'string' },
  'tile-size': { type: 'string' },
  'range-adjustment': { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;
const OF_PROCESS_ALONE = ['out', 'id', 'name', 'tile-size', 'range-adjustment'] as const;

/** @throws UsageError */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, image, ...others] = positionals;
  if (command === undefined) throw new UsageError('A command is wanted: process or inspect.');
  if (command !== 'process' && command !== 'inspect') throw new UsageError(`There is no command "${command}": process and inspect are what there is.`);
  if (image === undefined) throw new UsageError(`The command ${command} wants an image file.`);
  if (others.length > 0) throw new UsageError(`The command ${command} takes one image, and there is more: ${others.join(', ')}. A path that holds spaces wants quotes.`);
  const common = { image, json: values.json, quiet: values.quiet };
  if (command === 'inspect') {
    const foreign = OF_PROCESS_ALONE.find((option) => values[option] !== undefined);
    if (foreign !== undefined) throw new UsageError(`The option --${foreign} belongs to the command process.`);
    return { command, ...common };
  }
  if (values.out === undefined || values.out === '') throw new UsageError('The command process wants --out DIR, the folder for the image and its artifacts.');
  return {
    command,
    ...common,
    out: values.out,
    id: checkedId(values.id),
    name: values.name ?? null,
    tileSize: tileSize(values['tile-size']),
    rangeAdjustment: rangeAdjustment(values['range-adjustment']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    // The first sentence names the option; the rest is about dashes in file names.
    throw new UsageError(error instanceof Error ? error.message.replace(/\. To specify .*$/s, '.') : String(error), { cause: error });
  }
}

function checkedId(id: string | undefined): string | null {
  if (id === undefined) return null;
  if (!new RegExp(VIEWPOINT_ID_PATTERN).test(id)) throw new UsageError(`The id "${id}" is not 1 to 255 characters of A-Z a-z 0-9 _ . ~ -.`);
  return id;
}

function tileSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TILE_SIZE;
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < 1 || size > MAX_TILE_SIZE) throw new UsageError(`--tile-size is "${text}" and must be a whole number from 1 to ${MAX_TILE_SIZE}.`);
  return size;
}

function rangeAdjustment(text: string | undefined): RangeAdjustment {
  const kind = RANGE_ADJUSTMENTS.find((known) => known === (text ?? 'NONE'));
  if (kind === undefined) throw new UsageError(`--range-adjustment is "${text ?? ''}" and must be one of ${RANGE_ADJUSTMENTS.join(', ')}.`);
  return kind;
}
