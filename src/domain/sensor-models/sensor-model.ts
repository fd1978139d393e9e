/** A pixel position: x is the column, y the row; (0, 0) is the outer corner of the upper-left pixel, whose centre is (0.5, 0.5). */
export interface ImagePoint {
  x: number;
  y: number;
}

/** A place on or above the WGS 84 ellipsoid, in degrees and metres. A longitude may leave ±180 to stay continuous. */
export interface GroundPoint {
  longitude: number;
  latitude: number;
  heightMetres: number;
}

export type SensorModelName = 'affine' | 'projective' | 'rsm' | 'rpc' | 'sicd' | 'sidd';

/**
 * What relates the pixels of one image to the Earth.
 * Both directions answer null where the mapping does not exist: a line of sight
 * past the Earth's limb, a point outside of a map projection's domain.
 */
export interface SensorModel {
  readonly name: SensorModelName;
  /** `approximate`: affine and projective fits; `precise`: models of the sensor itself. */
  readonly precision: 'approximate' | 'precise';
  /** Height above the ellipsoid, in metres, that `imageToWorld` uses when it is given none. */
  readonly referenceHeightMetres: number;
  /** The ground point that the pixel position shows at the given height. */
  imageToWorld(point: ImagePoint, heightMetres?: number): GroundPoint | null;
  /** The pixel position that shows the ground point; it may lie outside of the image. */
  worldToImage(point: GroundPoint): ImagePoint | null;
}
