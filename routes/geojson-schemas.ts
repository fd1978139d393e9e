import { Type } from 'typebox';
import { EXAMPLE_VIEWPOINT_ID } from './schemas.js';

export const Position = Type.Array(Type.Number(), { minItems: 2, description: 'Longitude and latitude, in degrees.' });
const Rings = Type.Array(Type.Array(Position), { description: 'Outer ring counterclockwise, holes clockwise; each ends where it begins.' });
const AreaGeometry = Type.Union(
  [
    Type.Object({ type: Type.Literal('Polygon', { description: 'Kind of geometry.' }), coordinates: Rings }),
    Type.Object({ type: Type.Literal('MultiPolygon', { description: 'Kind of geometry.' }), coordinates: Type.Array(Rings, { description: 'One polygon for each part.' }) }),
    Type.Null(),
  ],
  { description: 'Within ±180 degrees, in parts where it crosses the antimeridian; null for an image that cannot be placed.' },
);
const BoundingBox = Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: 'West, south, east, north; west is greater than east across the antimeridian.' });

const EXAMPLE_BOX = [-106.7, 35.05, -106.49, 35.2];
const EXAMPLE_GEOMETRY = {
  type: 'Polygon',
  coordinates: [[[-106.7, 35.05], [-106.49, 35.05], [-106.49, 35.2], [-106.7, 35.2], [-106.7, 35.05]]],
};

/** The area that an image shows. */
export const OutlineFeature = Type.Object(
  {
    type: Type.Literal('Feature', { description: 'Kind of GeoJSON object.' }),
    id: Type.String({ description: 'viewpoint_id' }),
    bbox: Type.Optional(BoundingBox),
    geometry: AreaGeometry,
    properties: Type.Object({
      sensor_model: Type.Union([Type.Enum(['affine', 'projective', 'rsm', 'rpc', 'sicd', 'sidd']), Type.Null()], { description: 'What places the pixels on Earth.' }),
      precision: Type.Union([Type.Enum(['approximate', 'precise']), Type.Null()], { description: 'precise for models of the sensor itself.' }),
      reference_height_metres: Type.Union([Type.Number(), Type.Null()], { description: 'Height above the WGS 84 ellipsoid at which the outline is drawn.' }),
      kind: Type.Union([Type.Enum(['image', 'valid_data']), Type.Null()], { description: 'Outline of all pixels, or of the valid ones.' }),
      reason: Type.Union([Type.String(), Type.Null()], { description: 'Why the geometry is null.' }),
    }, { description: 'How the outline came about.' }),
  },
  {
    examples: [
      {
        type: 'Feature',
        id: EXAMPLE_VIEWPOINT_ID,
        bbox: EXAMPLE_BOX,
        geometry: EXAMPLE_GEOMETRY,
        properties: { sensor_model: 'affine', precision: 'approximate', reference_height_metres: 0, kind: 'image', reason: null },
      },
    ],
  },
);

const OpenObject = (description: string) => Type.Unsafe({ type: 'object', additionalProperties: true, description });

/** STAC 1.1 Item. */
export const StacItem = Type.Object(
  {
    type: Type.Literal('Feature', { description: 'Kind of GeoJSON object.' }),
    stac_version: Type.Literal('1.1.0', { description: 'Version of STAC.' }),
    stac_extensions: Type.Array(Type.String({ format: 'uri' }), { description: 'Schemas of the extensions that the item uses.' }),
    id: Type.String({ description: 'viewpoint_id' }),
    bbox: Type.Optional(BoundingBox),
    geometry: AreaGeometry,
    properties: OpenObject('When the image was taken, its projection and its angles of view.'),
    links: Type.Array(OpenObject('A link.'), { description: 'None: the item does not know its own address.' }),
    assets: OpenObject('The image with its bands, its overviews, and the documents beside this one.'),
  },
  {
    examples: [
      {
        type: 'Feature',
        stac_version: '1.1.0',
        stac_extensions: [
          'https://stac-extensions.github.io/projection/v2.0.0/schema.json',
          'https://stac-extensions.github.io/raster/v2.0.0/schema.json',
          'https://stac-extensions.github.io/file/v2.1.0/schema.json',
        ],
        id: EXAMPLE_VIEWPOINT_ID,
        bbox: EXAMPLE_BOX,
        geometry: EXAMPLE_GEOMETRY,
        properties: { title: 'Sample image', datetime: '2024-01-01T00:00:00Z', 'proj:code': 'EPSG:4326', 'proj:shape': [1500, 2100] },
        links: [],
        assets: {
          image: {
            href: 'file:///ts-efs-volume/sample/rgb-striped.tif',
            type: 'image/tiff; application=geotiff',
            roles: ['data'],
            'file:size': 9450000,
            bands: [{ name: 'band-1', data_type: 'uint8', statistics: { minimum: 11, maximum: 241, mean: 128.4, stddev: 34.2 } }],
          },
          footprint: { href: 'footprint', type: 'application/geo+json', roles: ['metadata'] },
        },
      },
    ],
  },
);
