import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Viewpoint } from '../domain/viewpoint.js';
import { getJson, type ViewpointStatus } from './follow-job.js';
import { describeBytes, describeSeconds } from '../domain/units.js';

export interface JobSummary {
  serviceUrl: string;
  status: ViewpointStatus;
  logPath: string;
  /** Whether the service ends now, so that its addresses answer only when it is started again. */
  isLeaving: boolean;
  signal: AbortSignal;
}

const CORNER_NAMES = ['upper left', 'lower left', 'lower right', 'upper right'];
const ARTIFACT_PATHS = ['metadata', 'bounds', 'info', 'statistics'];

interface FootprintDocument {
  features: { geometry: { coordinates: number[][][] } | null }[];
}

/** How a job ended and what came of it, for people to read. */
export async function describeEnd({ serviceUrl, status, logPath, isLeaving, signal }: JobSummary): Promise<string> {
  const viewpointUrl = `${serviceUrl}/viewpoints/${status.viewpoint_id}`;
  const isReady = status.viewpoint_status === 'READY';
  const row = await getJson<Viewpoint>(viewpointUrl, signal);
  const footprint = isReady ? await getJson<FootprintDocument>(`${viewpointUrl}/image/info`, signal) : null;
  const urls = isReady ? ARTIFACT_PATHS.map((path) => [path, `${viewpointUrl}/image/${path}`] as const) : [];
  return [
    isReady ? 'The viewpoint is READY.' : `The viewpoint is ${status.viewpoint_status}: ${status.error?.message ?? row.error_message ?? 'no reason is given.'}`,
    ...section('Job', [...jobFacts(status), ...imageFacts(status)]),
    ...section('Row in DynamoDB', Object.entries(row).map(([name, value]) => [name, value === null ? 'null' : String(value)] as const)),
    ...section('Files on the volume', await publishedFiles(row.local_object_path)),
    ...section('Corners (longitude, latitude)', footprint === null ? [] : corners(footprint, status)),
    ...section(isLeaving ? 'Where `npm start` shows it' : 'Look at it', [['dashboard', `${serviceUrl}/#/viewpoints/${status.viewpoint_id}`], ['Swagger UI', `${serviceUrl}/docs`], ['status', `${viewpointUrl}/status`], ...urls, ['log', logPath]]),
  ].join('\n');
}

type Fact = readonly [name: string, value: string];

function section(title: string, facts: readonly Fact[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.length === 0 ? [] : ['', title, ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

function jobFacts({ timings_ms, error, correlation_id }: ViewpointStatus): Fact[] {
  const timings = Object.entries(timings_ms).map(([step, milliseconds]) => `${step} ${describeSeconds(milliseconds)}`);
  return [
    ...(timings.length === 0 ? [] : [['steps', timings.join(', ')] as const]),
    ...(error === null ? [] : [['failed', `in step ${error.step ?? 'none'}, code ${error.code}`] as const]),
    ...(correlation_id === null ? [] : [['correlation id', correlation_id] as const]),
  ];
}

function imageFacts({ image }: ViewpointStatus): Fact[] {
  if (image === null) return [];
  return [
    ['image', `${image.driver}, ${image.width} × ${image.height} pixels, ${image.bands} band${image.bands === 1 ? '' : 's'} of ${image.data_type}`],
    ['overviews', image.overviews],
    ['georeference', image.sensor_model ?? 'none'],
    ...image.rejected_side_files.map((reason) => ['not used', reason] as const),
  ];
}

async function publishedFiles(imagePath: string | null): Promise<Fact[]> {
  if (imagePath === null) return [];
  const folder = dirname(imagePath);
  const paths = (await readdir(folder)).sort().map((name) => join(folder, name));
  return await Promise.all(paths.map(async (path) => [path, describeBytes((await stat(path)).size)] as const));
}

function corners({ features }: FootprintDocument, { image }: ViewpointStatus): Fact[] {
  const ring = features[0]?.geometry?.coordinates[0];
  if (ring === undefined) return [['none', image?.no_footprint_reason ?? 'The image has no footprint.']];
  return CORNER_NAMES.map((name, index) => [name, (ring[index] ?? []).join(', ')] as const);
}
