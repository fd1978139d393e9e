import assert from 'node:assert/strict';
import { Ajv, type AnySchema } from 'ajv';
import addFormatsModule from 'ajv-formats';

/**
 * What the STAC Item specification 1.1.0 and its extensions demand of a document, written as a JSON Schema after their
 * texts: item-spec and common metadata, projection 2.0, raster 2.0, file 2.1, view 1.0, and GeoJSON (RFC 7946).
 */

const position = { type: 'array', minItems: 2, maxItems: 3, items: { type: 'number' } };
const ring = { type: 'array', minItems: 4, items: position };
const polygon = { type: 'array', minItems: 1, items: ring };
const geometry = {
  type: 'object',
  required: ['type', 'coordinates'],
  oneOf: [
    { properties: { type: { const: 'Polygon' }, coordinates: polygon } },
    { properties: { type: { const: 'MultiPolygon' }, coordinates: { type: 'array', minItems: 1, items: polygon } } },
  ],
};

/** UTC, as STAC wants every time. */
const time = { type: 'string', format: 'date-time', pattern: '(\\+00:00|Z)$' };
const angle = (minimum: number, maximum: number): object => ({ type: 'number', minimum, maximum });
const numbers = (count: number): object => ({ type: 'array', minItems: count, maxItems: count, items: { type: 'number' } });

/** Fields of a prefix that are none of the extension's are errors. */
const noOthers = (prefix: string, names: readonly string[]): object => ({ propertyNames: { if: { pattern: `^${prefix}:` }, then: { enum: names.map((name) => `${prefix}:${name}`) } } });

const dataValues = {
  data_type: { enum: ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'cint16', 'cint32', 'cfloat32', 'cfloat64', 'other'] },
  nodata: { anyOf: [{ type: 'number' }, { enum: ['nan', 'inf', '-inf'] }] },
  unit: { type: 'string' },
  statistics: {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      minimum: { type: 'number' }, maximum: { type: 'number' }, mean: { type: 'number' }, stddev: { type: 'number' },
      count: { type: 'integer', minimum: 0 }, valid_percent: angle(0, 100),
    },
  },
};

const raster = {
  'raster:sampling': { enum: ['area', 'point'] },
  'raster:bits_per_sample': { type: 'integer' },
  'raster:spatial_resolution': { type: 'number' },
  'raster:scale': { type: 'number' },
  'raster:offset': { type: 'number' },
  'raster:histogram': {
    type: 'object',
    required: ['count', 'min', 'max', 'buckets'],
    additionalProperties: false,
    properties: { count: { type: 'number' }, min: { type: 'number' }, max: { type: 'number' }, buckets: { type: 'array', minItems: 3, items: { type: 'integer' } } },
  },
};

const band = {
  type: 'object',
  properties: { name: { type: 'string' }, description: { type: 'string', minLength: 1 }, ...dataValues, ...raster },
  ...noOthers('raster', ['sampling', 'bits_per_sample', 'spatial_resolution', 'scale', 'offset', 'histogram']),
};

const projection = {
  properties: {
    'proj:code': { type: ['string', 'null'] },
    'proj:wkt2': { type: ['string', 'null'] },
    'proj:projjson': { type: ['object', 'null'], required: ['type', 'name'] },
    'proj:bbox': { anyOf: [numbers(4), numbers(6)] },
    'proj:shape': { type: 'array', minItems: 2, maxItems: 2, items: { type: 'integer' } },
    'proj:transform': { anyOf: [numbers(6), numbers(9)] },
  },
  ...noOthers('proj', ['code', 'wkt2', 'projjson', 'geometry', 'bbox', 'centroid', 'shape', 'transform']),
};

const view = {
  properties: {
    'view:off_nadir': angle(0, 90), 'view:incidence_angle': angle(0, 90), 'view:azimuth': angle(0, 360),
    'view:sun_azimuth': angle(0, 360), 'view:sun_elevation': angle(-90, 90),
  },
  ...noOthers('view', ['off_nadir', 'incidence_angle', 'azimuth', 'sun_azimuth', 'sun_elevation']),
};

const asset = {
  type: 'object',
  required: ['href'],
  properties: {
    href: { type: 'string', format: 'iri-reference', minLength: 1 },
    title: { type: 'string' }, description: { type: 'string' }, type: { type: 'string' },
    roles: { type: 'array', items: { type: 'string' } },
    bands: { type: 'array', minItems: 1, items: band },
    'file:size': { type: 'integer', minimum: 0 },
    'file:checksum': { type: 'string', pattern: '^[a-f0-9]+$' },
  },
  allOf: [projection],
  ...noOthers('file', ['byte_order', 'checksum', 'header_size', 'size', 'values', 'local_path']),
};

const link = {
  type: 'object',
  required: ['rel', 'href'],
  properties: { rel: { type: 'string', minLength: 1 }, href: { type: 'string', format: 'iri-reference', minLength: 1 } },
  if: { properties: { rel: { const: 'self' } } },
  then: { properties: { href: { format: 'iri' } } },
};

const extension = (name: string, version: string): object => ({ contains: { const: `https://stac-extensions.github.io/${name}/v${version}/schema.json` } });

const anyFieldOf = (fields: object): object => ({ anyOf: Object.keys(fields).map((name) => ({ required: [name] })) });

/** The extension is declared by items with one of its fields, and only by those. */
const declaredWhere = (name: string, version: string, hasFields: object): object => ({
  if: hasFields,
  then: { properties: { stac_extensions: extension(name, version) } },
  else: { properties: { stac_extensions: { not: extension(name, version) } } },
});

const item = {
  type: 'object',
  required: ['type', 'stac_version', 'stac_extensions', 'id', 'geometry', 'properties', 'links', 'assets'],
  properties: {
    type: { const: 'Feature' },
    stac_version: { const: '1.1.0' },
    stac_extensions: {
      type: 'array', uniqueItems: true, items: { type: 'string', format: 'iri' },
      allOf: [extension('projection', '2.0.0'), extension('file', '2.1.0')],
    },
    id: { type: 'string', minLength: 1 },
    links: { type: 'array', items: link },
    assets: { type: 'object', additionalProperties: asset },
    properties: {
      type: 'object',
      properties: {
        datetime: { anyOf: [time, { type: 'null' }] }, start_datetime: time, end_datetime: time, created: time,
        title: { type: 'string' }, description: { type: 'string', minLength: 1 },
        bands: false, // they are the asset's
      },
      required: ['datetime'],
      anyOf: [{ properties: { datetime: { type: 'string' } } }, { required: ['start_datetime', 'end_datetime'] }],
      dependentRequired: { start_datetime: ['end_datetime'], end_datetime: ['start_datetime'] },
      allOf: [projection, view],
    },
    collection: false, // it has no link to one
  },
  oneOf: [
    { required: ['bbox'], properties: { geometry, bbox: { anyOf: [numbers(4), numbers(6)] } } },
    { properties: { geometry: { type: 'null' }, bbox: false } },
  ],
  allOf: [
    declaredWhere('view', '1.0.0', { properties: { properties: anyFieldOf(view.properties) } }),
    declaredWhere('raster', '2.0.0', { properties: { assets: { properties: { image: { properties: { bands: { contains: anyFieldOf(raster) } } } } } } }),
  ],
};

// A CommonJS module, whose function Node gives as its default's default.
const addFormats = addFormatsModule.default;
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
// Every URI is an IRI, and these documents hold nothing beyond ASCII in them.
ajv.addFormat('iri', (text: string) => URL.canParse(text));
ajv.addFormat('iri-reference', (text: string) => !/[\s<>"{}|\\^`]/.test(text) && URL.canParse(text, 'https://example.org/a/b'));
const validate = ajv.compile(item as AnySchema);

/** Fails with what the document lacks of a STAC 1.1 Item. */
export function assertStacItem(document: unknown): void {
  assert.ok(validate(document), ajv.errorsText(validate.errors, { separator: '\n' }));
}
