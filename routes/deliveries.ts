import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import type { LoggedDelivery } from '../src/deliveries/delivery-log.js';
import { Nullable } from '../src/domain/nullable.js';
import type { RouteContext } from './context.js';
import { answer, problems, ViewpointParams, withExample } from './schemas.js';

export const DeliveryView = Type.Object(
  {
    id: Type.String({ description: 'Id of the delivery: one event to one target.' }),
    event_id: Type.String({ description: 'Id of the event, and the header `webhook-id`; the same for all targets and tries.' }),
    event_type: Type.String({ description: '`viewpoint.ready` or `viewpoint.failed`.' }),
    created_at: Type.String({ format: 'date-time', description: 'When the job ended.' }),
    target_kind: Type.Enum(['webhook', 'sns', 'event_bus'], { description: 'How it is told.' }),
    target: Type.String({ description: 'URL without its query, which may hold a secret; ARN of a topic; name or ARN of a bus.' }),
    state: Type.Enum(['pending', 'delivered', 'failed'], { description: '`pending` until the target has it, or has said that it never will, or all tries are used up.' }),
    tries: Type.Integer({ description: 'Tries so far, one under way included.' }),
    next_attempt_at: Nullable(Type.String({ format: 'date-time', description: 'When it is tried next; null when it is not.' })),
    attempts: Type.Array(
      Type.Object({
        at: Type.String({ format: 'date-time', description: 'When it was tried.' }),
        status_code: Nullable(Type.Integer({ description: 'HTTP status of the answer; null when there was none.' })),
        error: Nullable(Type.String({ description: 'Why it failed; null when it did not.' })),
        duration_ms: Type.Integer({ minimum: 0, description: 'How long it took, in milliseconds.' }),
      }),
      { description: 'The latest tries, oldest first.' },
    ),
  },
  { $id: 'Delivery', description: 'One event told to one target.' },
);

const EXAMPLE: Static<typeof DeliveryView> = {
  id: 'msg_0f8fad5bd9cb469fa16570867728950e-0',
  event_id: 'msg_0f8fad5bd9cb469fa16570867728950e',
  event_type: 'viewpoint.ready',
  created_at: '2026-09-22T10:15:30.000Z',
  target_kind: 'webhook',
  target: 'https://receiver.example.com/viewpoints',
  state: 'pending',
  tries: 1,
  next_attempt_at: '2026-09-22T10:15:35.120Z',
  attempts: [{ at: '2026-09-22T10:15:30.020Z', status_code: 503, error: 'answered 503', duration_ms: 84 }],
};

const DeliveryParams = Type.Object({
  ...ViewpointParams.properties,
  delivery_id: Type.String({ maxLength: 100, description: 'Id of a delivery in the list.', examples: [EXAMPLE.id] }),
});

/** GET /viewpoints/{id}/deliveries, POST /viewpoints/{id}/deliveries/{delivery_id}/redeliver */
export const deliveryRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { deliveryLog }, done) => {
  app.get(
    '/viewpoints/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags: ['Deliveries'],
        summary: 'List who was told of the end of a viewpoint',
        description: 'Each target of the latest jobs with its tries, the latest job first. Empty when nobody asked to be told, and after the tile server has put the row anew.',
        params: ViewpointParams,
        response: { 200: withExample(answer('The deliveries.', Type.Object({ deliveries: Type.Array(Type.Ref('Delivery#'), { description: 'The latest job first.' }) })), { deliveries: [EXAMPLE] }), ...problems(404, 422) },
      },
    },
    async ({ params }) => ({ deliveries: (await deliveryLog.list(params.id)).map(deliveryView) }),
  );

  app.post(
    '/viewpoints/:id/deliveries/:delivery_id/redeliver',
    {
      schema: {
        operationId: 'redeliver',
        tags: ['Deliveries'],
        summary: 'Tell a target once more',
        description: 'Sends the same event, with the same id, at once, and with new tries; whether it had been delivered or not.',
        params: DeliveryParams,
        response: { 202: withExample(answer('The delivery is due.', Type.Ref('Delivery#')), EXAMPLE), ...problems(404, 422) },
      },
    },
    async ({ params }, reply) => reply.code(202).send(deliveryView(await deliveryLog.redeliver(params.id, params.delivery_id))),
  );
  done();
};

function deliveryView({ completion, delivery }: LoggedDelivery): Static<typeof DeliveryView> {
  const { id, kind, address, state, tries, due_at, attempts } = delivery;
  return {
    id,
    event_id: completion.id,
    event_type: completion.type,
    created_at: completion.created_at,
    target_kind: kind,
    target: kind === 'webhook' ? withoutQuery(address) : address,
    state,
    tries,
    next_attempt_at: due_at === 0 ? null : new Date(due_at).toISOString(),
    attempts,
  };
}

function withoutQuery(address: string): string {
  const url = new URL(address);
  return url.search === '' ? address : `${url.origin}${url.pathname}?…`;
}
