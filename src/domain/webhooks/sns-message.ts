import { Type, type Static } from 'typebox';

const common = {
  MessageId: Type.String({ minLength: 1, maxLength: 255 }),
  TopicArn: Type.String({ minLength: 1, maxLength: 512 }),
  Message: Type.String(),
  Timestamp: Type.String({ description: 'When the message was published, ISO 8601.' }),
  SignatureVersion: Type.String({ description: '1 (SHA1) or 2 (SHA256).' }),
  Signature: Type.String({ description: 'Base64.' }),
  SigningCertURL: Type.String({ maxLength: 1000, description: 'Where the certificate of the signature is; only hosts of SNS are asked.' }),
};

const Confirmation = { ...common, Token: Type.String({ maxLength: 2000 }), SubscribeURL: Type.String({ maxLength: 4000 }) };

/** What SNS posts to HTTP(S) endpoints (Amazon SNS Developer Guide, "Parsing Amazon SNS message formats"). */
export const SnsMessage = Type.Union([
  Type.Object(
    { Type: Type.Literal('Notification'), ...common, Subject: Type.Optional(Type.Union([Type.String(), Type.Null()])), MessageAttributes: Type.Optional(Type.Unknown()) },
    { description: 'A message of the topic; `Message` holds what `/webhooks/events` takes, as text.' },
  ),
  Type.Object({ Type: Type.Literal('SubscriptionConfirmation'), ...Confirmation }, { description: 'Confirmed by a request to `SubscribeURL` when the topic is allowed.' }),
  Type.Object({ Type: Type.Literal('UnsubscribeConfirmation'), ...Confirmation }, { description: 'Acknowledged and logged.' }),
]);
export type SnsMessage = Static<typeof SnsMessage>;

const NOTIFICATION_MEMBERS = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const CONFIRMATION_MEMBERS = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;

/** What SNS signs: names and values of certain members, each on a line, those that are absent left out (Developer Guide, "Verifying the signatures of Amazon SNS messages"). */
export function signedText(message: SnsMessage): string {
  const names = message.Type === 'Notification' ? NOTIFICATION_MEMBERS : CONFIRMATION_MEMBERS;
  const members: Partial<Record<string, unknown>> = message;
  return names.map((name) => ({ name, value: members[name] })).filter(({ value }) => typeof value === 'string').map(({ name, value }) => `${name}\n${String(value)}\n`).join('');
}
