/** The image's grid: its size, and how it lies in its coordinate reference system. */
export interface GridFacts {
  width: number;
  height: number;
  /** GDAL's order: x origin, x per column, x per row, y origin, y per column, y per row; null without one. */
  geotransform: readonly [number, number, number, number, number, number] | null;
  /** PROJJSON of the CRS in which the geotransform's coordinates are; null without one. */
  projjson: Readonly<Record<string, unknown>> | null;
}

/**
 * The grid in the terms of STAC's projection extension 2.0, as the item's properties, which hold for each asset without
 * its own. An image without a CRS says so by a null code. The transform
 * has the coefficients row by row, unlike GDAL, and the shape has the height first.
 */
export function projectionProperties({ width, height, geotransform, projjson }: GridFacts): Record<string, unknown> {
  return {
    'proj:code': projjson === null ? null : codeOf(projjson),
    ...(projjson !== null && { 'proj:projjson': projjson }),
    'proj:shape': [height, width],
    ...(geotransform !== null && {
      'proj:transform': [geotransform[1], geotransform[2], geotransform[0], geotransform[4], geotransform[5], geotransform[3]],
      'proj:bbox': extentOf(geotransform, width, height),
    }),
  };
}

/** Of overviews, the first of which has that size: the same place on a coarser grid. */
export function overviewsProjection({ width, height, geotransform }: GridFacts, first: { width: number; height: number }): Record<string, unknown> {
  const [perColumn, perRow] = [width / first.width, height / first.height];
  return {
    'proj:shape': [first.height, first.width],
    ...(geotransform !== null && {
      'proj:transform': [geotransform[1] * perColumn, geotransform[2] * perRow, geotransform[0], geotransform[4] * perColumn, geotransform[5] * perRow, geotransform[3]],
    }),
  };
}

/** Of a picture of that size, which has no place on Earth, though the item that it belongs to has one. */
export function pictureProjection({ projjson }: GridFacts, { width, height }: { width: number; height: number }): Record<string, unknown> {
  return { 'proj:code': null, ...(projjson !== null && { 'proj:projjson': null }), 'proj:shape': [height, width] };
}

/** Authority and code, such as EPSG:32633; null for a CRS that is in no registry. */
function codeOf({ id }: Readonly<Record<string, unknown>>): string | null {
  if (typeof id !== 'object' || id === null) return null;
  const { authority, code } = id as { authority?: unknown; code?: unknown };
  return typeof authority === 'string' && (typeof code === 'string' || typeof code === 'number') ? `${authority}:${code}` : null;
}

/** Least x and y, greatest x and y, in the CRS's units. */
function extentOf([x0, columnX, rowX, y0, columnY, rowY]: NonNullable<GridFacts['geotransform']>, width: number, height: number): number[] {
  const corners = [[0, 0], [width, 0], [0, height], [width, height]] as const;
  const xs = corners.map(([column, row]) => x0 + column * columnX + row * rowX);
  const ys = corners.map(([column, row]) => y0 + column * columnY + row * rowY);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
