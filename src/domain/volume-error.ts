import { messageOf, ViewpointError } from './errors.js';

/** Whether a file could not be written for want of room on the disk or in its quota. */
export function isFullDisk(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/**
 * What a file system's error comes to: `disk_full` or `volume_failed`.
 * @param fault the beginning of a sentence that says what cannot be done and where, such as "The file /a/b cannot be made".
 */
export function volumeError(fault: string, error: unknown): ViewpointError {
  if (isFullDisk(error)) return new ViewpointError('disk_full', `${fault} for want of room. Delete viewpoints or enlarge the volume.`, { cause: error });
  return new ViewpointError('volume_failed', `${fault}: ${messageOf(error)}`, { cause: error });
}
