/**
 * GDAL raster drivers that may open an image: formats that live in one local file.
 * In the order in which they are tried, the field's common ones first.
 */
export const ALLOWED_DRIVERS = [
  'GTiff', 'NITF', 'JP2OpenJPEG', 'JP2KAK', 'JP2ECW', 'JP2MrSID', 'JPEG', 'PNG', 'JPEGXL', 'WEBP', 'GIF', 'BIGGIF', 'BMP',
  'HFA', 'PCIDSK', 'SAR_CEOS', 'CEOS', 'COSAR', 'ESAT', 'AirSAR', 'MSGN', 'GFF', 'RMF', 'FITS', 'PDS', 'PDS4', 'ISIS3', 'ISIS2', 'VICAR',
  'netCDF', 'HDF5', 'HDF5Image', 'HDF4', 'HDF4Image', 'BAG', 'GRIB', 'KEA',
  'DTED', 'SRTMHGT', 'USGSDEM', 'AAIGrid', 'GRASSASCIIGrid', 'ISG', 'GSAG', 'GSBG', 'GS7BG', 'Terragen', 'Leveller', 'BT', 'SIGDEM',
  'PNM', 'SGI', 'TGA', 'XPM', 'PCRaster', 'ILWIS', 'SDTS', 'ELAS', 'BSB', 'KRO', 'RIK', 'BLX', 'L1B', 'CTG', 'JDEM', 'ZMap', 'GXF',
  'NWT_GRD', 'NWT_GRC', 'DOQ1', 'DOQ2', 'ACE2', 'FIT', 'FAST', 'LAN', 'R', 'HF2', 'IRIS', 'NDF', 'SNODAS', 'CALS', 'MFF', 'ARG', 'PRF',
  'HEIF', 'AVIF', 'JPEGLS', 'GTX', 'NTv2', 'LCP', 'NGSGEOID', 'BYN', 'MAP', 'COASP', 'GSC', 'DIPEx', 'XYZ',
] as const;

/**
 * GDAL drivers that read other files, databases or the network on behalf of the file they open.
 * The child never registers them (GDAL_SKIP), so no library function can reach them by a detour.
 */
export const FORBIDDEN_DRIVERS = [
  'VRT', 'DERIVED', 'GTI', 'WMS', 'WCS', 'WMTS', 'HTTP', 'OGCAPI', 'EEDA', 'EEDAI', 'DAAS', 'PLMOSAIC', 'PLSCENES', 'NGW',
  'STACTA', 'STACIT', 'MRF', 'Zarr', 'ESRIC', 'RPFTOC', 'ECRGTOC', 'TIL', 'DIMAP', 'SAFE', 'SENTINEL2', 'RS2', 'TSX', 'KMLSUPEROVERLAY',
  'PostGISRaster', 'Rasterlite', 'MBTiles', 'GPKG', 'GenBin', 'ENVI', 'EHdr', 'ISCE', 'ERS', 'PDF', 'OZI', 'RST', 'SAGA', 'CAD', 'AIG',
  'PAux', 'MFF2', 'ADRG', 'SRP', 'LOSLAS', 'CPG', 'EIR', 'JAXAPALSAR', 'ROI_PAC', 'RRASTER', 'TileDB',
] as const;
