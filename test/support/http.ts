import { eventually } from './eventually.js';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** undefined when the answer is no JSON. */
  json: unknown;
}

/** What the status of a viewpoint says, as far as tests look at it. */
export interface StatusAnswer {
  viewpoint_id: string;
  viewpoint_status: string;
  step: string | null;
  percent: number;
  attempt: number;
  correlation_id: string | null;
  timings_ms: Record<string, number>;
  error: { code: string; message: string; step: string | null; retryable: boolean } | null;
  image: { overviews: string; sensor_model: string | null; no_footprint_reason: string | null; rejected_side_files: string[] } | null;
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

/** `POST …/process`, without a body when that is undefined. */
export function postProcess(serviceUrl: string, viewpointId: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  return request(`${serviceUrl}/viewpoints/${viewpointId}/process`, {
    method: 'POST',
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The status once it is READY or FAILED. */
export function endOf(serviceUrl: string, viewpointId: string): Promise<StatusAnswer> {
  return eventually(`${viewpointId} has its end state`, async () => {
    const { status, json } = await request(`${serviceUrl}/viewpoints/${viewpointId}/status`);
    const answer = json as StatusAnswer;
    return status === 200 && ['READY', 'FAILED'].includes(answer.viewpoint_status) ? answer : undefined;
  });
}
