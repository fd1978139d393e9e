import { readFileSync } from 'node:fs';
import { ARTIFACT_SUFFIXES } from '../../src/domain/artifacts.js';
import type { FootprintDocument } from '../../src/domain/footprint/footprint-document.js';
import type { LonLat, LonLatPolygon } from '../../src/domain/footprint/world-polygons.js';

/** The corners of `.geojson`: upper left, lower left, lower right, upper right; null without. */
export function readCorners(imagePath: string): LonLat[] | null {
  const { features } = JSON.parse(readFileSync(imagePath + ARTIFACT_SUFFIXES.footprint, 'utf8')) as { features: { geometry: { coordinates: LonLat[][] } | null }[] };
  return features[0]?.geometry?.coordinates[0]?.slice(0, 4) ?? null;
}

export function readOutline(imagePath: string): FootprintDocument {
  return JSON.parse(readFileSync(imagePath + ARTIFACT_SUFFIXES.outline, 'utf8')) as FootprintDocument;
}

export function polygonsOf({ geometry }: FootprintDocument): LonLatPolygon[] {
  if (geometry === null) return [];
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** The outline's position nearest to a place. */
export function nearestPosition(document: FootprintDocument, [longitude, latitude]: readonly [number, number]): LonLat {
  const positions = polygonsOf(document).flat(2);
  const [nearest = [NaN, NaN]] = positions.sort((a, b) => Math.hypot(a[0] - longitude, a[1] - latitude) - Math.hypot(b[0] - longitude, b[1] - latitude));
  return nearest;
}
