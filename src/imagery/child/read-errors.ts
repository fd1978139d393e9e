import { messageOf, ViewpointError } from '../../domain/errors.js';

/** Absolute paths, which mean nothing to whoever reads the message. */
const FOLDERS = /(?:\/[^\s/,:'"]+)+\/(?=[^\s/])/g;

/** Of NITF's IC field; of JPEG with 12 bits, where GDAL was built without them. */
const UNKNOWN_COMPRESSION = /Unsupported imagery compression format|ARIDPCM is not supported|Unsupported JPEG data precision/i;
/** What GDAL says of a bilevel NITF image in several blocks, which it takes for one block. */
const BLOCKS_OF_BITS = /assert nBlockX == 0 && nBlockY == 0 failed/;
/** GDAL and its libraries have many words for it, none of which says why. */
const FAILED_WRITE = /error (while |in )?writing|writ(e|ing) (error|failed|of)|(cannot|could not|failed to|unable to) (write|create)|failed writing/i;

/** What GDAL's failure to read or write pixels means; `what` starts the sentence. */
export function unreadable(what: string, error: unknown): ViewpointError {
  if (error instanceof ViewpointError) return error;
  const reason = explained(error);
  const options = { cause: error };
  if (/no space left|disk full|ENOSPC/i.test(reason)) return new ViewpointError('disk_full', `The volume has no room for the artifacts: ${reason}`, options);
  if (FAILED_WRITE.test(reason)) return new ViewpointError('volume_failed', `${what}, since the volume does not take what is written: ${reason}`, options);
  if (/out of memory|cannot allocate|memory allocation|allocation failed/i.test(reason)) {
    return new ViewpointError('image_too_large', `${what} within the memory that is allowed (DECODER_MEMORY_MEGABYTES): ${reason}`, options);
  }
  if (UNKNOWN_COMPRESSION.test(reason)) return new ViewpointError('unsupported_compression', `${what}: ${reason}. Upload the image with another compression.`, options);
  if (BLOCKS_OF_BITS.test(reason)) {
    return new ViewpointError('unsupported_image', `${what}: its bits lie in several blocks, which the decoder cannot put together. Upload the image as a GeoTIFF.`, options);
  }
  return new ViewpointError('image_corrupt', `${what}: ${reason}`, options);
}

/** GDAL's message without folders; some decoders fail without one. */
export function explained(error: unknown): string {
  const message = messageOf(error).replace(FOLDERS, '').trim();
  return message === '' ? 'the decoder gives no reason, which most often means that the file is cut short or damaged' : message;
}
