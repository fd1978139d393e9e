import { beyondEarth, controlPoints, geographic, projected, withoutReferenceSystem, type ProjectiveMap } from './georeferences.js';
import { rasterRecipe } from './raster-recipe.js';
import { rationalPolynomials } from './rational-polynomials.js';

/** A tilted view: the far edge is shorter than the near one, so that no affine map fits it. */
const OBLIQUE: ProjectiveMap = [0.0002, 0.00003, 11.5, 0.00002, -0.0002, 48.2, 0.000002, 0.000001];

const MOON =
  'GEOGCS["GCS_Moon_2000",DATUM["D_Moon_2000",SPHEROID["Moon_2000_IAU_IAG",1737400,0]],PRIMEM["Reference_Meridian",0],UNIT["Degree",0.0174532925199433]]';

const NOWHERE = { upperLeft: null, upperRight: null, lowerLeft: null, lowerRight: null };

/** Images that lie on the Earth in every way there is, or nowhere. */
export const GEOREFERENCE_RECIPES = [
  rasterRecipe({
    name: 'ungeoreferenced',
    description: 'GeoTIFF without any georeference.',
    size: [300, 200],
  }),
  rasterRecipe({
    name: 'metres-without-crs',
    description: 'GeoTIFF with a geotransform in metres and no reference system: nowhere that could be told.',
    size: [300, 200],
    georeference: withoutReferenceSystem([500000, 10, 0, 4000000, 0, -10], 'metres'),
  }),
  rasterRecipe({
    name: 'degrees-without-crs',
    description: 'GeoTIFF with a geotransform and no reference system, all of whose corners can be degrees.',
    size: [300, 200],
    georeference: withoutReferenceSystem([-71.2, 0.001, 0, 42.4, 0, -0.001], 'degrees'),
  }),
  rasterRecipe({
    name: 'four-gcps',
    description: 'GeoTIFF with four ground control points at its corners, on one projective map.',
    size: [320, 240],
    georeference: controlPoints(OBLIQUE, 2, 320, 240),
  }),
  rasterRecipe({
    name: 'nine-gcps',
    description: 'GeoTIFF with nine ground control points in a grid, on one projective map.',
    size: [320, 240],
    georeference: controlPoints(OBLIQUE, 3, 320, 240),
  }),
  rasterRecipe({
    name: 'rotated',
    description: 'GeoTIFF whose geotransform is turned by the angle of a 3-4-5 triangle.',
    size: [300, 200],
    georeference: geographic([12, 0.0008, 0.0006, 45, 0.0006, -0.0008]),
  }),
  rasterRecipe({
    name: 'antimeridian-degrees',
    description: 'GeoTIFF in EPSG:4326 from 179 to 181 degrees of longitude.',
    size: [400, 200],
    georeference: geographic([179, 0.005, 0, -17, 0, -0.005]),
  }),
  rasterRecipe({
    name: 'antimeridian-utm',
    description: 'GeoTIFF in UTM zone 60 south that reaches over the antimeridian.',
    size: [300, 200],
    // Krüger's series of sixth order, inverted (Karney 2011, equation 36).
    georeference: projected(32760, [810000, 60, 0, 8130000, 0, -60], {
      upperLeft: [179.909655828, -16.892937318],
      upperRight: [180.078431222, -16.890467832],
      lowerLeft: [179.911323933, -17.001271752],
      lowerRight: [180.080195723, -16.998785499],
    }),
  }),
  rasterRecipe({
    name: 'north-pole',
    description: 'GeoTIFF in polar stereographic coordinates (EPSG:3413) with the north pole in its middle.',
    size: [256, 200],
    // Centred at the pole: meridians every 90 degrees; latitude by Snyder 1987, equations 7-9 and 21-34 ff.
    georeference: projected(3413, [-512000, 4000, 0, 512000, 0, -5120], {
      upperLeft: [-180, 83.323099025],
      upperRight: [90, 83.323099025],
      lowerLeft: [-90, 83.323099025],
      lowerRight: [0, 83.323099025],
    }),
  }),
  rasterRecipe({
    name: 'past-the-limb',
    description: 'GeoTIFF in orthographic projection that shows the whole disk, so that its corners look past the Earth.',
    size: [256, 256],
    georeference: projected('+proj=ortho +lat_0=20 +lon_0=10 +datum=WGS84 +units=m +no_defs', [-7040000, 55000, 0, 7040000, 0, -55000], NOWHERE),
  }),
  rasterRecipe({
    name: 'moon',
    description: 'GeoTIFF in longitude and latitude of the Moon: nowhere on Earth.',
    size: [300, 200],
    georeference: beyondEarth(MOON, [10, 0.01, 0, 5, 0, -0.01]),
  }),
  rasterRecipe({
    name: 'rpc',
    description: 'GeoTIFF with rational polynomial coefficients in its RPC metadata, and no other georeference.',
    size: [320, 240],
    georeference: rationalPolynomials,
  }),
] as const;
