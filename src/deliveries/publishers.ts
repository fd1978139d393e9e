import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import { messageOf } from '../domain/errors.js';
import type { Sender, SendResult } from './sender.js';

/** Attribute `Source` of the events on a bus, by which rules choose them. */
const BUS_SOURCE = 'viewpoint-worker';
/** SNS allows a message group this many characters; viewpoint ids are longer. */
const GROUP_ID_CHARACTERS = 128;

/** Publishes the event to an SNS topic, with attributes that subscriptions can filter by. */
export function createSnsSender(sns: SNSClient): Sender {
  return async ({ id, type, event }, { address }, signal) => {
    const { PublishCommand } = await import('@aws-sdk/client-sns');
    const subject = (JSON.parse(event) as { subject: string }).subject;
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const fifo = address.endsWith('.fifo') ? { MessageGroupId: subject.slice(0, GROUP_ID_CHARACTERS), MessageDeduplicationId: id } : {};
    return published(() =>
      sns.send(
        new PublishCommand({ TopicArn: address, Message: event, MessageAttributes: { event_id: text(id), event_type: text(type), viewpoint_id: text(subject) }, ...fifo }),
        { abortSignal: signal },
      ),
    );
  };
}

/** Puts the event on an EventBridge bus: its type as the detail type, all of it as the detail. */
export function createEventBusSender(eventBridge: EventBridgeClient): Sender {
  return async ({ type, event }, { address }, signal) => {
    const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const entry = { EventBusName: address, Source: BUS_SOURCE, DetailType: type, Detail: event };
    return published(async () => {
      const { Entries, $metadata } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal: signal });
      const failed = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (failed !== undefined) throw new Error(`${failed.ErrorCode ?? ''}: ${failed.ErrorMessage ?? ''}`);
      return { $metadata };
    });
  };
}

async function published(call: () => Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<SendResult> {
  try {
    const { $metadata } = await call();
    return { end: 'delivered', statusCode: $metadata.httpStatusCode ?? null, error: null };
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    // A topic or bus that is missing, or closed to this service, is for an operator to put right meanwhile.
    return { end: 'later', statusCode: $metadata?.httpStatusCode ?? null, error: messageOf(error) };
  }
}
