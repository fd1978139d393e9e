import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createAwsClients } from '../../src/storage/aws-clients.js';
import { createObjectDownloader } from '../../src/storage/s3-download.js';

/**
 * `node download-once.js FILE URL BUCKET KEY service|single-stream`: one download, by the service's downloader or as
 * one stream of the SDK into a file. Prints seconds, CPU seconds and peak resident memory (2^20 bytes) as JSON.
 */
const [path = '', url = '', bucket = '', key = '', way = ''] = process.argv.slice(2);

const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const clients = createAwsClients({ region: 'us-west-2', endpoints: { s3: url }, credentials, receiveWaitSeconds: 0 });

async function downloadByService(): Promise<void> {
  const { signal } = new AbortController();
  const downloader = createObjectDownloader({ s3: clients.s3 });
  const head = await downloader.head(bucket, key, signal);
  if (head === null) throw new Error(`no object ${key}`);
  await downloader.download({ bucket, key, head, path, signal });
}

async function downloadAsOneStream(): Promise<void> {
  const { Body: body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(body as Readable, createWriteStream(path));
}

const cpuBefore = process.cpuUsage();
const began = performance.now();
await (way === 'service' ? downloadByService() : downloadAsOneStream());
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
clients.close();
