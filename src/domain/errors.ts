/**
 * Every way in which a request or a viewpoint can fail: what a person reads,
 * the HTTP status of the answer, and whether another try can end differently.
 * `retryable` is what the executor goes by; nothing else decides it.
 */
interface ErrorKind {
  readonly title: string;
  readonly httpStatus: number;
  readonly retryable: boolean;
}

const kinds = {
  // Requests
  invalid_request: { title: 'The request is not valid', httpStatus: 422, retryable: false },
  unauthenticated: { title: 'Who sends the request is not known', httpStatus: 401, retryable: false },
  scope_missing: { title: 'The caller may not do this', httpStatus: 403, retryable: false },
  too_many_requests: { title: 'Too many requests', httpStatus: 429, retryable: true },
  viewpoint_not_found: { title: 'No such viewpoint', httpStatus: 404, retryable: false },
  route_not_found: { title: 'No such route', httpStatus: 404, retryable: false },
  definition_conflict: { title: 'The viewpoint exists with another definition', httpStatus: 409, retryable: false },
  viewpoint_deleted: { title: 'The viewpoint is deleted', httpStatus: 410, retryable: false },
  deleted_cannot_be_processed: { title: 'A deleted viewpoint cannot be processed', httpStatus: 409, retryable: false },
  viewpoint_not_ready: { title: 'The viewpoint is not ready', httpStatus: 409, retryable: false },
  artifact_missing: { title: 'The artifact is missing on the volume', httpStatus: 404, retryable: false },
  not_processing: { title: 'The viewpoint is not being processed', httpStatus: 409, retryable: false },
  no_dead_letter_queue: { title: 'The queue has no dead-letter queue', httpStatus: 409, retryable: false },
  executor_full: { title: 'The executor is full', httpStatus: 503, retryable: true },
  previews_busy: { title: 'Too many previews are asked for at a time', httpStatus: 503, retryable: true },
  too_many_watchers: { title: 'Too many clients follow viewpoints', httpStatus: 503, retryable: true },
  shutting_down: { title: 'The service is shutting down', httpStatus: 503, retryable: true },
  bucket_not_allowed: { title: 'The bucket is not allowed', httpStatus: 403, retryable: false },
  callback_refused: { title: 'The callback cannot be called', httpStatus: 422, retryable: false },
  delivery_not_found: { title: 'No such delivery', httpStatus: 404, retryable: false },
  signature_invalid: { title: 'The request is not signed by a sender that is known here', httpStatus: 401, retryable: false },
  message_expired: { title: 'The message is too old or from the future', httpStatus: 401, retryable: false },
  topic_not_allowed: { title: 'The topic is not allowed', httpStatus: 403, retryable: false },
  webhook_not_enabled: { title: 'The webhook is not enabled', httpStatus: 403, retryable: false },
  idempotency_key_reused: { title: 'The idempotency key belongs to another request', httpStatus: 422, retryable: false },
  unusable_object_key: { title: 'The object key cannot name a file', httpStatus: 422, retryable: false },

  // Download
  no_such_bucket: { title: 'No such bucket', httpStatus: 422, retryable: false },
  no_such_key: { title: 'No such object', httpStatus: 422, retryable: false },
  access_denied: { title: 'Access to the object is denied', httpStatus: 422, retryable: false },
  object_archived: { title: 'The object is archived', httpStatus: 422, retryable: false },
  object_changed: { title: 'The object changed during the download', httpStatus: 503, retryable: true },
  object_corrupt: { title: 'The object does not match its checksum', httpStatus: 503, retryable: true },
  download_failed: { title: 'The download failed', httpStatus: 503, retryable: true },
  disk_full: { title: 'The volume has no room', httpStatus: 503, retryable: true },

  // Image
  empty_file: { title: 'The image file is empty', httpStatus: 422, retryable: false },
  not_an_image: { title: 'The file is not an image that can be read', httpStatus: 422, retryable: false },
  image_corrupt: { title: 'The image is corrupt', httpStatus: 422, retryable: false },
  unsupported_image: { title: 'The image is of an unsupported kind', httpStatus: 422, retryable: false },
  unsupported_compression: { title: 'The image is compressed in an unsupported way', httpStatus: 422, retryable: false },
  no_image_segment: { title: 'The file holds no image segment', httpStatus: 422, retryable: false },
  forbidden_reference: { title: 'The image refers to another file', httpStatus: 422, retryable: false },
  image_too_large: { title: 'The image is too large', httpStatus: 422, retryable: false },
  decoder_crashed: { title: 'The image decoder crashed', httpStatus: 422, retryable: false },
  decoder_killed: { title: 'The image decoder was killed from outside', httpStatus: 503, retryable: true },
  decoder_unavailable: { title: 'The image decoder does not start', httpStatus: 503, retryable: true },
  decoder_timeout: { title: 'The image decoder took too long', httpStatus: 422, retryable: false },

  // Processing
  cancelled: { title: 'The job was cancelled', httpStatus: 409, retryable: false },
  lease_lost: { title: 'Another worker took the viewpoint over', httpStatus: 503, retryable: true },
  dependency_unavailable: { title: 'A service that this one needs cannot be reached', httpStatus: 503, retryable: true },
  dependency_missing: { title: 'A resource that this service needs does not exist', httpStatus: 503, retryable: false },
  volume_failed: { title: 'The volume cannot be written', httpStatus: 503, retryable: true },
  internal_error: { title: 'Internal error', httpStatus: 500, retryable: true },
} satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;
export const ERROR_CODES = Object.keys(kinds) as ErrorCode[];

export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code];
}

/** The one error class of this service; `message` is a sentence for people that says what to do. */
export class ViewpointError extends Error {
  override readonly name = 'ViewpointError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get retryable(): boolean {
    return kinds[this.code].retryable;
  }
}

/** Any thrown value as a ViewpointError; what is unknown becomes `internal_error` with the original as its cause. */
export function toViewpointError(thrown: unknown): ViewpointError {
  if (thrown instanceof ViewpointError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new ViewpointError('internal_error', `Unexpected error: ${text}`, { cause: thrown });
}

/** The end of a job that somebody did not want any longer. */
export function cancelledError(): ViewpointError {
  return new ViewpointError('cancelled', 'The job was cancelled on request.');
}

/** The message of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
