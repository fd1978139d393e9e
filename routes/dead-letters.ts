import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { VIEWPOINT_STATUSES } from '../src/domain/viewpoint.js';
import type { DeadLetter } from '../src/executor/dead-letters.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_DEAD_LETTERS, EXAMPLE_REDRIVEN } from './examples.js';
import { bodyOrNothing } from './optional-body.js';
import { answer, problems, withExample } from './schemas.js';

/** Messages that one call looks at; with more in the queue, call again. */
const MOST_MESSAGES = 1000;
const DEFAULT_LIMIT = 100;

const Nullable = (schema: Parameters<typeof Type.Union>[0][number]) => Type.Union([schema, Type.Null()], 'description' in schema ? { description: schema.description as string } : {});

const DeadLetterView = Type.Object({
  message_id: Type.String({ description: 'Identifier that SQS gave the message.' }),
  viewpoint_id: Nullable(Type.String({ description: 'Viewpoint that it requests, or that EVENT_RULES make of the first object of its events; null when there is none.' })),
  viewpoint_status: Nullable(Type.Enum([...VIEWPOINT_STATUSES], { description: 'State of that viewpoint now; null when there is none.' })),
  reason: Nullable(Type.String({ description: 'Why the message is here, as far as its body or the viewpoint tells.' })),
  body: Type.String({ description: 'Body of the message as it was sent.' }),
  attributes: Type.Record(Type.String(), Type.String(), { description: 'Message attributes, binary ones in base64.' }),
  receive_count: Type.Integer({ description: 'Receives of the message so far; each listing adds one.' }),
  sent_at: Nullable(Type.String({ format: 'date-time', description: 'When it was first sent.' })),
});

const DeadLetterList = Type.Object({ messages: Type.Array(DeadLetterView, { description: 'At most `limit`.' }) });

const RedriveBody = Type.Object(
  {
    message_ids: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: MOST_MESSAGES, description: 'Messages to send back; all that request a viewpoint or tell of a new image when left out.' }),
    ),
  },
  { additionalProperties: false, examples: [{}] },
);

const Redriven = Type.Object({
  messages: Type.Array(
    Type.Object({
      message_id: Type.String({ description: 'Identifier that SQS gave the message.' }),
      viewpoint_id: Nullable(Type.String({ description: 'Viewpoint that it requests, or that EVENT_RULES make of the first object of its events; null when there is none.' })),
      outcome: Type.Enum(['sent_back', 'not_a_viewpoint', 'not_found'], {
        description: '`sent_back` to the job queue; `not_a_viewpoint`: left, since it would only come back; `not_found`: not in the dead-letter queue, or in the hands of another caller.',
      }),
    }),
    { description: 'One for each message that was asked for.' },
  ),
});

/** GET /dead-letters, POST /dead-letters/redrive */
export const deadLetterRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { deadLetters }, done) => {
  app.get(
    '/dead-letters',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'listDeadLetters',
        tags: ['Operations'],
        summary: 'List the messages that could not be processed',
        description: 'Messages in the dead-letter queue of the job queue. They stay there; nobody else sees them while they are being listed.',
        querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: MOST_MESSAGES, default: DEFAULT_LIMIT, description: 'Most messages to list.' }) }),
        response: { 200: withExample(answer('The messages, in no particular order.', DeadLetterList), EXAMPLE_DEAD_LETTERS), ...problems(409, 422) },
      },
    },
    async ({ query }) => {
      const letters = await deadLetters.list(query.limit);
      return {
        messages: letters.map((letter) => ({
          ...named(letter),
          viewpoint_status: letter.viewpointStatus,
          reason: letter.reason,
          body: letter.body,
          attributes: letter.attributes,
          receive_count: letter.receiveCount,
          sent_at: letter.sentAt === null ? null : new Date(letter.sentAt).toISOString(),
        })),
      };
    },
  );

  app.post(
    '/dead-letters/redrive',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'redriveDeadLetters',
        tags: ['Operations'],
        summary: 'Send messages back to the job queue',
        description:
          'Sends all messages of the dead-letter queue that request a viewpoint, or the ones named, back to the job queue, and only then deletes them. A viewpoint that is FAILED becomes REQUESTED and is processed again.',
        body: RedriveBody,
        response: { 200: withExample(answer('What became of each message.', Redriven), EXAMPLE_REDRIVEN), ...problems(409, 422) },
      },
      preValidation: bodyOrNothing,
    },
    async ({ body: { message_ids: messageIds } }) => {
      const redriven = await deadLetters.redrive(messageIds ?? null, MOST_MESSAGES);
      const seen = new Set(redriven.map(({ letter }) => letter.messageId));
      const missing = (messageIds ?? []).filter((id) => !seen.has(id));
      return {
        messages: [
          ...redriven.map(({ letter, outcome }) => ({ ...named(letter), outcome })),
          ...missing.map((id) => ({ message_id: id, viewpoint_id: null, outcome: 'not_found' as const })),
        ],
      };
    },
  );
  done();
};

function named({ messageId, viewpointIds }: DeadLetter): { message_id: string; viewpoint_id: string | null } {
  return { message_id: messageId, viewpoint_id: viewpointIds[0] ?? null };
}
