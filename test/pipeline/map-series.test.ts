import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import gdal from 'gdal-async';
import { createVolume } from '../../src/storage/volume.js';
import { startDecoder } from '../imagery/decoder-fixture.js';
import { writeNitf } from '../imagery/write-nitf.js';

const root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
const volume = createVolume(root);
const decoder = startDecoder();
after(() => rm(root, { recursive: true }));

/** MIL-STD-2411-1, section 5.1.4: the extension of a frame file begins with the code of its series. */
const SERIES: [fileName: string, owner: string, series: string | undefined][] = [
  ['scene', 'replica', undefined],
  ['scene.x', 'replica', undefined],
  ['scene', 'host.on.at', undefined],
  ['scene.ntf', 'replica', undefined],
  ['frame.tp1', 'replica', 'Tactical Pilotage Chart'],
  ['00003013.I42', 'host.on.at', 'Imagery, 1 meter resolution'],
];

for (const [fileName, owner, series] of SERIES) {
  test(`a NITF named ${fileName}, worked on by ${owner}, has ${series === undefined ? 'no map series' : `the map series ${series}`}`, async () => {
    const lease = { viewpointId: `id-${fileName.replaceAll('.', '-')}-${owner.length}`, owner, attempt: 1 };
    const scratch = await volume.openScratch(lease);
    writeNitf(scratch.pathOf(fileName), { size: [64, 64] });
    await decoder.pyramid(scratch.pathOf(fileName));
    await decoder.documents(scratch.pathOf(fileName));
    await volume.publish(scratch, lease.viewpointId, fileName, () => Promise.resolve());

    const path = volume.imagePath(lease.viewpointId, fileName);
    const { metadata } = JSON.parse(await readFile(`${path}.metadata`, 'utf8')) as { metadata: Record<string, string> };
    const image = gdal.open(path);
    const seen = image.getMetadata() as Record<string, string>;
    image.close();
    assert.deepEqual([metadata['NITF_SERIES_NAME'], seen['NITF_SERIES_NAME']], [series, series]);
  });
}
