import { Type, type TSchema } from 'typebox';
import { ERROR_CODES, errorKind, type ErrorCode } from '../src/domain/errors.js';
import { JobReport } from '../src/domain/job.js';
import type { CompletionEvent } from '../src/domain/completion-event.js';
import { requestMembers } from '../src/domain/viewpoint-request.js';
import type { ViewpointDefinition} from '../src/domain/viewpoint.js';
import { Viewpoint, ViewpointId, VIEWPOINT_STATUSES } from '../src/domain/viewpoint.js';

/** An image that the embedded backend holds, so that the examples can be tried as they are. */
export const EXAMPLE_VIEWPOINT_ID = 'sample';
export const EXAMPLE_DEFINITION: ViewpointDefinition = {
  viewpoint_name: 'Sample image',
  bucket_name: 'viewpoint-images',
  object_key: 'samples/rgb-striped.tif',
  tile_size: 512,
  range_adjustment: 'NONE',
};

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Kind of problem as a URI; `about:blank` since `code` tells it.' }),
    title: Type.String({ description: 'Kind of problem, for people.' }),
    status: Type.Integer({ description: 'HTTP status of the answer.' }),
    detail: Type.String({ description: 'What went wrong this time and what to do.' }),
    code: Type.Enum([...ERROR_CODES], { description: 'Kind of problem, for programs.' }),
  },
  { $id: 'Problem', description: 'A problem document (RFC 9457).' },
);

const PROBLEM_DESCRIPTIONS = {
  400: 'The request is malformed: its path, its headers or its JSON.',
  401: 'The caller or the sender did not prove who it is, or too long ago.',
  403: 'Not allowed.',
  404: 'There is no such viewpoint.',
  409: 'The viewpoint is in a state that does not allow this.',
  410: 'The viewpoint is deleted.',
  413: 'The body is too large.',
  414: 'A part of the path is too long.',
  415: 'The body is of a media type that is not taken here.',
  422: 'The request is not valid; `detail` names the member and what it wants.',
  429: 'Too many requests of this caller; go on after the seconds in `Retry-After`.',
  500: 'The service met an unexpected error.',
  503: 'The service cannot answer now; try again after the seconds in `Retry-After`.',
} as const;

export type ProblemStatus = keyof typeof PROBLEM_DESCRIPTIONS;

/** One way in which each status comes about. */
const PROBLEM_EXAMPLES: Record<ProblemStatus, readonly [code: ErrorCode, detail: string]> = {
  400: ['invalid_request', "Body is not valid JSON but content-type is set to 'application/json'"],
  401: ['unauthenticated', 'This needs a bearer token in the Authorization header.'],
  403: ['bucket_not_allowed', 'Images may not come from the bucket "elsewhere". Copy the object to an allowed bucket, or have this one allowed.'],
  404: ['viewpoint_not_found', 'There is no viewpoint "unknown".'],
  409: ['not_processing', 'The viewpoint "sample" is not being processed; its status is READY.'],
  410: ['viewpoint_deleted', 'The viewpoint "sample" is deleted.'],
  413: ['invalid_request', 'Request body is too large'],
  414: ['invalid_request', "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length"],
  415: ['invalid_request', 'Unsupported Media Type'],
  422: ['invalid_request', "The request's body is not valid: tile_size must be integer."],
  429: ['too_many_requests', 'More than 600 requests in a minute. Go on in 12 seconds.'],
  500: ['internal_error', 'The service met an unexpected error. Its log says more.'],
  503: ['dependency_unavailable', 'The DynamoDB table "TSJobTable" cannot be used: connect ECONNREFUSED 10.0.0.1:443'],
};

/** Error answers of an operation, by status, and what every operation may answer. */
export function problems(...statuses: ProblemStatus[]): Record<number, object> {
  const all = [...new Set([...statuses, 500 as const, 503 as const])];
  return Object.fromEntries(all.map((status) => [status, problem(status, PROBLEM_EXAMPLES[status])]));
}

/** The same for what is refused before an operation begins: 403 is about the caller's scopes there. */
export function refusals(statuses: readonly ProblemStatus[]): Record<number, object> {
  const described = Object.fromEntries(statuses.map((status) => [status, problem(status, PROBLEM_EXAMPLES[status])]));
  return 403 in described ? { ...described, 403: problem(403, ['scope_missing', 'This needs the scope "admin", which the caller does not have.']) } : described;
}

function problem(status: ProblemStatus, [code, detail]: readonly [code: ErrorCode, detail: string]): object {
  const example = { type: 'about:blank', title: errorKind(code).title, status, detail, code };
  return { description: PROBLEM_DESCRIPTIONS[status], content: { 'application/problem+json': { schema: Type.Ref('Problem#'), example } } };
}

/** The same answer with what it looks like. */
export function withExample(described: object, example: object): object {
  const { content } = described as { content: Record<string, object> };
  return { ...described, content: Object.fromEntries(Object.entries(content).map(([mediaType, media]) => [mediaType, { ...media, example }])) };
}

/** A JSON answer with its description. */
export function answer(description: string, schema: TSchema, headers?: Record<string, object>): object {
  return { description, ...(headers === undefined ? {} : { headers }), content: { 'application/json': { schema } } };
}

export const ViewpointParams = Type.Object({
  id: Type.String({ ...ViewpointId, examples: [EXAMPLE_VIEWPOINT_ID] }),
});

export const ViewpointView = Type.Object(Viewpoint.properties, { $id: 'Viewpoint', description: 'A row of the job table, as the tile server writes it.' });

export const ViewpointStatusView = Type.Object(
  {
    viewpoint_id: ViewpointId,
    viewpoint_status: Type.Enum([...VIEWPOINT_STATUSES], {
      description: 'REQUESTED while the viewpoint waits or is processed, then READY or FAILED; DELETED by the tile server.',
    }),
    ...JobReport.properties,
  },
  { $id: 'ViewpointStatus', description: 'How a viewpoint and its latest job stand.' },
);

export const ProcessBody = Type.Object(
  {
    ...requestMembers,
  },
  {
    additionalProperties: false,
    description: 'The definition of a viewpoint; needed when there is none of this id yet. Name, bucket and key go together.',
    examples: [EXAMPLE_DEFINITION],
  },
);

export const COMPLETION_EXAMPLE: CompletionEvent = {
  specversion: '1.0',
  id: 'msg_0f8fad5bd9cb469fa16570867728950e',
  source: 'urn:viewpoint-worker:us-west-2:TSJobTable',
  type: 'viewpoint.ready',
  subject: EXAMPLE_VIEWPOINT_ID,
  time: '2026-09-22T10:15:30.000Z',
  datacontenttype: 'application/json',
  data: {
    viewpoint_id: EXAMPLE_VIEWPOINT_ID,
    viewpoint_name: EXAMPLE_DEFINITION.viewpoint_name,
    bucket_name: EXAMPLE_DEFINITION.bucket_name,
    object_key: EXAMPLE_DEFINITION.object_key,
    viewpoint_status: 'READY',
    attempt: 1,
    replica: 'worker-1',
    correlation_id: '3f2b6c1e-7d45-4c0a-9a57-5b1f0f1f8f10',
    started_at: '2026-09-22T10:15:28.400Z',
    ended_at: '2026-09-22T10:15:30.000Z',
    timings_ms: { download: 420, pyramid: 900, metadata: 120, publish: 60 },
    error: null,
    image: null,
  },
};
