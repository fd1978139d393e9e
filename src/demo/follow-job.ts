import { setTimeout as delay } from 'node:timers/promises';
import type { Static } from 'typebox';
import type { ViewpointStatusView } from '../../routes/schemas.js';

export type ViewpointStatus = Static<typeof ViewpointStatusView>;

const POLL_INTERVAL_MS = 100;

/**
 * Asks for the status of a viewpoint until it has its end state, and answers that.
 * @throws the signal's reason after an abort.
 */
export async function followJob(serviceUrl: string, viewpointId: string, signal: AbortSignal, onStatus: (status: ViewpointStatus) => void): Promise<ViewpointStatus> {
  for (;;) {
    const status = await getJson<ViewpointStatus>(`${serviceUrl}/viewpoints/${viewpointId}/status`, signal);
    onStatus(status);
    if (status.viewpoint_status !== 'REQUESTED') return status;
    await delay(POLL_INTERVAL_MS, undefined, { signal });
  }
}

/** @throws Error with the answer's own words unless it is 200. */
export async function getJson<Document>(url: string, signal: AbortSignal): Promise<Document> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Document;
}
