import type { S3Action } from '../s3-request.js';
import { getObject } from './get-object.js';

/** What GET would answer; the server leaves the body away. */
export const headObject: S3Action = getObject;
