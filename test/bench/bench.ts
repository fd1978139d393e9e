import { parseArgs } from 'node:util';
import { cancelsPart, downloadsPart, hugePart, largeImagesPart, slowNetworkPart, smallImagesPart } from './parts.js';
import { machineText } from './references.js';
import { markdownOf, type Report } from './report.js';
import { createRig } from './rig.js';
import { IMAGES_FOLDER, makeImages } from './bench-images.js';
import { spreadOf } from './spread.js';

const USAGE = `Usage: npm run bench [-- OPTIONS]
Measures the whole service as a process of its own, against S3, SQS and DynamoDB on loopback, and the same work by
Python (python3-gdal and boto3) and by gdaladdo, where they are.
  --only PART[,PART…]  large, slow, downloads, small, cancels, huge (the first four unless given)
  --images NAME[,…]    of a, b, c
  --runs N             rounds, 3 unless given
  --json               the report as JSON
`;

const PARTS = { large: largeImagesPart, slow: slowNetworkPart, downloads: downloadsPart, small: smallImagesPart, cancels: cancelsPart, huge: hugePart };
const START_RUNS = 3;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'large,slow,downloads,small' },
    images: { type: 'string', default: 'a,b,c' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const parts = values.only.split(',').map((name) => {
    const part = Object.entries(PARTS).find(([known]) => known === name)?.[1];
    if (part === undefined) throw new Error(`There is no part "${name}".\n${USAGE}`);
    return part;
  });
  const options = { imageNames: values.images.split(','), runs: Number(values.runs) };
  for (const part of parts) await makeImages(part.images(options));

  const rig = await createRig(IMAGES_FOLDER);
  try {
    const readySeconds: number[] = [];
    for (let run = 0; run < START_RUNS; run++) {
      const service = await rig.startService();
      readySeconds.push(service.readySeconds);
      await service.stop();
    }
    const report: Report = { machine: machineText(), readySeconds: spreadOf(readySeconds) };
    for (const part of parts) Object.assign(report, await part.measure(rig, options));
    console.log(values.json ? JSON.stringify(report, null, 2) : markdownOf(report));
  } finally {
    await rig.close();
  }
}

await main();
