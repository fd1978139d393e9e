import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';

/** A process of its own that opens the state folder of its first argument, stores an object and waits to be killed. */
const [stateFolder = ''] = process.argv.slice(2);
const aws = await startEmbeddedAws({ stateFolder, tableName: 'TSJobTable', queueName: 'TSJobQueue', bucketNames: ['images'], region: 'us-west-2' });
const s3 = new S3Client({ endpoint: aws.endpoints.s3, region: 'us-west-2', credentials: aws.credentials });
await s3.send(new PutObjectCommand({ Bucket: 'images', Key: 'from the child', Body: 'text' }));
process.send?.('ready');
