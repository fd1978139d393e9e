import { FORBIDDEN_DRIVERS } from './drivers.js';

/** Variables of the service's own environment that the child needs; nothing else, and no credentials, reaches it. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH', 'GDAL_DATA', 'PROJ_LIB', 'PROJ_DATA', 'NODE_EXTRA_CA_CERTS'];

const OVERVIEW_CHUNK_BYTES = 2 * 1024 * 1024;
const BLOCK_CACHE_MEGABYTES = 24;

/**
 * Environment of a GDAL child process: small block cache and overview chunks (large ones cost memory and win nothing),
 * all cores for overviews and decoding, no network, none of the drivers that read other files.
 */
export function childEnvironment(parent: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = parent[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passedOn),
    UV_THREADPOOL_SIZE: '8',
    GDAL_NUM_THREADS: 'ALL_CPUS',
    GDAL_CACHEMAX: `${BLOCK_CACHE_MEGABYTES}`,
    GDAL_OVR_CHUNK_MAX_SIZE: `${OVERVIEW_CHUNK_BYTES}`,
    BIGTIFF_OVERVIEW: 'IF_SAFER',
    GDAL_PAM_ENABLED: 'YES',
    GDAL_SKIP: FORBIDDEN_DRIVERS.join(','),
    CPL_VSIL_CURL_ALLOWED_FILENAME: 'none',
    GDAL_HTTP_TIMEOUT: '1',
    MALLOC_ARENA_MAX: '1',
    GLIBC_TUNABLES: 'glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296:glibc.malloc.top_pad=67108864',
  };
}
