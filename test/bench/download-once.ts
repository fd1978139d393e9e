import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createAwsClients } from '../../src/storage/aws-clients.js';
import { createObjectDownloader } from '../../src/storage/s3-download.js';

/**
 * `node download-once.js FILE URL BUCKET KEY service|service-on-disk|single-stream`: one download, by the service's
 * downloader, without or with the way to the disk, or as one stream of the SDK into a file. It is the second of its
 * process, since a service loads and compiles what it needs once, and its downloads learn from each other. Prints seconds, CPU seconds and peak resident memory (2^20 bytes) as JSON.
 */
const [path = '', url = '', bucket = '', key = '', way = ''] = process.argv.slice(2);

const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const clients = createAwsClients({ region: 'us-west-2', endpoints: { s3: url }, credentials, receiveWaitSeconds: 0 });

const downloader = createObjectDownloader({ s3: clients.s3 });
/** What a download has left to do. */
let sync = Promise.resolve();

async function downloadByService(): Promise<void> {
  const { signal } = new AbortController();
  const head = await downloader.head(bucket, key, signal);
  if (head === null) throw new Error(`no object ${key}`);
  const { onDisk } = await downloader.download({ bucket, key, head, path, signal });
  if (way === 'service-on-disk') await onDisk;
  else sync = onDisk;
}

async function downloadAsOneStream(): Promise<void> {
  const { Body: body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(body as Readable, createWriteStream(path));
}

const download = way === 'single-stream' ? downloadAsOneStream : downloadByService;
await download();
await sync;
await rm(path);

const cpuBefore = process.cpuUsage();
const began = performance.now();
await download();
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
await sync;
clients.close();
