import { Type, type Static } from 'typebox';
import { conforms } from '../schema-check.js';

const CORRELATION_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** What SNS wraps around a message on its way into a queue, as far as it is looked at there. */
const QueuedSnsNotification = Type.Object({
  Type: Type.Literal('Notification'),
  TopicArn: Type.String(),
  Message: Type.String(),
  MessageAttributes: Type.Optional(Type.Unknown()),
});

const CorrelationAttribute = Type.Object({ correlation_id: Type.Object({ Value: Type.String() }) });

/** The message inside, when the text is an SNS notification, else the text itself; `value` is it as JSON, undefined when it is none. Who may send to the queue is IAM's affair, so no signature is asked for. */
export function withoutSnsEnvelope(text: string): { text: string; value: unknown; correlationId: string | null } {
  const value = parsed(text);
  if (!conforms(QueuedSnsNotification, value)) return { text, value, correlationId: null };
  return { text: value.Message, value: parsed(value.Message), correlationId: correlationIdIn(value) };
}

/** The correlation id that a notification carries as a message attribute; null when there is none. */
export function correlationIdIn({ MessageAttributes }: { MessageAttributes?: unknown }): string | null {
  if (!conforms(CorrelationAttribute, MessageAttributes)) return null;
  const id: Static<typeof CorrelationAttribute>['correlation_id']['Value'] = MessageAttributes.correlation_id.Value;
  return CORRELATION_ID.test(id) ? id : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
