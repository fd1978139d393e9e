import { ViewpointError } from '../domain/errors.js';
import type { ObjectEvent } from '../domain/events/object-event.js';
import { readPayload, type Payload, type ViewpointRequest } from '../domain/events/payload.js';
import { requestId, type RequestId } from '../domain/noted-requests.js';
import { definitionIn } from '../domain/viewpoint-request.js';
import type { Intake } from '../executor/intake.js';
import type { ObjectIntake } from '../executor/object-intake.js';
import type { JobLog } from '../executor/run-job.js';

/** What became of a payload, for its sender. */
export interface PayloadAnswer {
  /** Viewpoints whose job is accepted, runs or is done. */
  accepted: string[];
  ignored: { what: string; reason: string }[];
}

export interface Delivery {
  /** Which webhook, and the id that the sender gave the message. */
  source: string;
  messageId: string;
  text: string;
  correlationId: string;
}

export interface PayloadTakerDeps {
  intake: Intake;
  objectIntake: ObjectIntake;
  /** The callback URL in its normal form. @throws ViewpointError `callback_refused` when it may not be called. */
  checkedCallback: (url: string) => string;
  log: JobLog;
}

export type TakePayload = (delivery: Delivery) => Promise<PayloadAnswer>;

/**
 * Does what a webhook's payload asks for. Sender and signature have been checked. What finds no room here goes to the
 * queue, since senders give up after a few tries.
 * The function throws ViewpointError `invalid_request` for what is no payload, and whatever the intake throws.
 */
export function createPayloadTaker(deps: PayloadTakerDeps): TakePayload {
  const { intake, objectIntake, checkedCallback, log } = deps;

  async function takeTileServerMessage(viewpointId: string, delivery: Delivery, id: RequestId): Promise<PayloadAnswer> {
    try {
      await intake({ viewpointId, force: false, correlationId: delivery.correlationId, requestId: id, queueWhenFull: true });
    } catch (error) {
      // As with messages of the queue: who deleted the viewpoint wants it no more.
      const isGone = error instanceof ViewpointError && (error.code === 'viewpoint_not_found' || error.code === 'deleted_cannot_be_processed');
      if (!isGone) throw error;
      log.info({ viewpointId, messageId: delivery.messageId }, 'webhook is out of date, ignored');
      return { accepted: [], ignored: [{ what: viewpointId, reason: error.message }] };
    }
    return { accepted: [viewpointId], ignored: [] };
  }

  async function takeRequest(request: ViewpointRequest, delivery: Delivery, id: RequestId): Promise<PayloadAnswer> {
    const definition = definitionIn(request);
    await intake({
      viewpointId: request.viewpoint_id,
      ...(definition === undefined ? {} : { definition }),
      force: request.force ?? false,
      ...(request.callback_url === undefined ? {} : { callbackUrl: checkedCallback(request.callback_url) }),
      correlationId: delivery.correlationId,
      requestId: id,
      queueWhenFull: true,
    });
    return { accepted: [request.viewpoint_id], ignored: [] };
  }

  async function takeEvents(events: readonly ObjectEvent[], delivery: Delivery): Promise<PayloadAnswer> {
    const answer: PayloadAnswer = { accepted: [], ignored: [] };
    for (const event of events) {
      const { viewpointId, ignored } = await objectIntake.register(event);
      const what = `${event.bucketName}/${event.objectKey}`;
      if (viewpointId === undefined) {
        log.info({ object: what, event: event.name, reason: ignored, messageId: delivery.messageId }, 'event ignored');
        answer.ignored.push({ what, reason: ignored });
      } else {
        await intake({ viewpointId, force: false, leaveFailed: true, correlationId: delivery.correlationId, queueWhenFull: true });
        if (!answer.accepted.includes(viewpointId)) answer.accepted.push(viewpointId);
      }
    }
    return answer;
  }

  return async (delivery) => {
    const payload = readPayload(delivery.text);
    if ('fault' in payload) throw new ViewpointError('invalid_request', `The payload is ${payload.fault}. It must be a request to process a viewpoint, the tile server's message, an S3 notification or an EventBridge event.`);
    const id = requestId(delivery.source, delivery.messageId, payload);
    switch (payload.kind) {
      case 'tile server message':
        return takeTileServerMessage(payload.viewpointId, delivery, id);
      case 'viewpoint request':
        return takeRequest(payload.request, delivery, id);
      case 'object events':
        return takeEvents(payload.events, delivery);
      case 'notice':
        return notice(payload);
    }
  };

  function notice({ what }: Extract<Payload, { kind: 'notice' }>): PayloadAnswer {
    log.info({ what }, 'notice acknowledged');
    return { accepted: [], ignored: [{ what, reason: 'nothing to do' }] };
  }
}
