const GEOTIFF = 'image/tiff; application=geotiff';

/** The media type of overviews in a file of their own, which GDAL writes as a TIFF. */
export const OVERVIEWS_MEDIA_TYPE = GEOTIFF;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  GTiff: GEOTIFF,
  NITF: 'application/vnd.nitf',
  JP2OpenJPEG: 'image/jp2', JP2KAK: 'image/jp2', JP2ECW: 'image/jp2', JP2MrSID: 'image/jp2',
  JPEG: 'image/jpeg', JPEGXL: 'image/jxl', JPEGLS: 'image/jls',
  PNG: 'image/png', WEBP: 'image/webp', GIF: 'image/gif', BIGGIF: 'image/gif', BMP: 'image/bmp', HEIF: 'image/heif', AVIF: 'image/avif',
  FITS: 'image/fits',
  netCDF: 'application/netcdf',
  HDF5: 'application/x-hdf5', HDF5Image: 'application/x-hdf5', HDF4: 'application/x-hdf', HDF4Image: 'application/x-hdf',
  GRIB: 'application/wmo-GRIB2',
};

/** The media type of the files that a GDAL driver reads (STAC best practices, "Common Media Types in STAC"). */
export function imageMediaType(driver: string, isCloudOptimized: boolean): string {
  const type = MEDIA_TYPES[driver] ?? 'application/octet-stream';
  return isCloudOptimized && driver === 'GTiff' ? `${type}; profile=cloud-optimized` : type;
}
