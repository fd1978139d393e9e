import { createVolume, type Volume } from '../storage/volume.js';

/** What the volume takes for the viewpoint's folder: its own. */
const ITSELF = '.';

/**
 * A folder that holds images and their artifacts side by side, where the service's volume has a folder for each
 * viewpoint. What others make there at the same time is left alone.
 */
export function createLocalFolder(folder: string): Volume {
  const volume = createVolume(folder);
  return {
    ...volume,
    imagePath: (_viewpointId, fileName) => volume.imagePath(ITSELF, fileName),
    openScratch: (lease) => volume.openScratch({ ...lease, viewpointId: ITSELF }),
    otherScratches: () => Promise.resolve([]),
    publish: (scratch, _viewpointId, fileName, confirm) => volume.publish(scratch, ITSELF, fileName, confirm),
  };
}
