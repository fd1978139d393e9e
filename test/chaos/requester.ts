import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ConditionalCheckFailedException, DeleteItemCommand, PutItemCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { postProcess, request } from '../support/http.js';
import type { TileServer } from '../support/tile-server.js';
import type { Expectation, Interference, PlannedViewpoint } from './plan.js';
import type { Fleet } from './replicas.js';
import type { Tally } from './tally.js';

export interface Requester {
  /** Asks for the viewpoint as planned, and interferes as planned; resolves when it is asked for. */
  request(planned: PlannedViewpoint): Promise<void>;
  /** Asks for a failed viewpoint again. */
  requestAgain(viewpointId: string): Promise<void>;
  readonly expectations: ReadonlyMap<string, Expectation>;
  /** Resolves when all interferences are done. */
  settled(): Promise<void>;
}

const TRY_AGAIN_MS = 200;
const UNPROCESSABLE = 422;

/** Plays the tile server's API and the users: rows, messages and requests, and what they change their mind about. */
export function createRequester(deps: { tileServer: TileServer; dynamodb: DynamoDBClient; tableName: string; fleet: Fleet; tally: Tally }): Requester {
  const { tileServer, dynamodb, tableName, fleet, tally } = deps;
  const expectations = new Map<string, Expectation>();
  const underWay = new Set<Promise<void>>();

  /** A client of the load balancer: whatever replica answers, and again until one does. */
  async function post(viewpointId: string, body?: object): Promise<number> {
    for (let turn = 0; ; turn++) {
      await fleet.whenUp();
      const up = fleet.up();
      const url = up[turn % Math.max(1, up.length)]?.url();
      const status = url === undefined ? 0 : await postProcess(url, viewpointId, body).then((answer) => answer.status, () => 0);
      if (status >= 200 && status < 500) return status;
      await delay(TRY_AGAIN_MS);
    }
  }

  async function ask({ viewpointId, definition, route, endsAs }: PlannedViewpoint, expectation: Expectation): Promise<void> {
    if (route === 'http') {
      const status = await post(viewpointId, definition);
      // What can be told of a request alone is refused, and makes no row.
      if (status === UNPROCESSABLE && endsAs.status === 'FAILED' && endsAs.code === 'unusable_object_key') expectation.fate = 'gone';
      return;
    }
    await tileServer.putRow(viewpointId, definition);
    await tileServer.sendMessage(viewpointId, definition, randomUUID());
    if (route === 'twice') await tileServer.sendMessage(viewpointId, definition, null);
    if (route === 'both') await post(viewpointId);
  }

  async function interfere({ viewpointId }: PlannedViewpoint, what: Interference, expectation: Expectation): Promise<void> {
    if (!(await carryOut(viewpointId, what, expectation))) return;
    tally.add('interferences', what);
  }

  /** Whether it happened: only what is still REQUESTED is interfered with, or what is expected would depend on chance. */
  async function carryOut(viewpointId: string, what: Interference, expectation: Expectation): Promise<boolean> {
    const newName = `New name of ${viewpointId}`;
    switch (what) {
      case 'update':
        return await write(
          new UpdateItemCommand({
            ...ofRequested(viewpointId, { ':name': { S: newName }, ':size': { N: '300' } }),
            Key: { viewpoint_id: { S: viewpointId } },
            UpdateExpression: 'SET viewpoint_name = :name, tile_size = :size',
          }),
          () => (expectation.viewpointName = newName),
        );
      case 'put': {
        const row = await tileServer.row(viewpointId);
        if (row?.['viewpoint_status']?.S !== 'REQUESTED') return false;
        const ten = ['viewpoint_id', 'bucket_name', 'object_key', 'tile_size', 'range_adjustment', 'viewpoint_status', 'local_object_path', 'error_message', 'expire_time'];
        const kept = Object.fromEntries(Object.entries(row).filter(([name]) => ten.includes(name)));
        return await write(new PutItemCommand({ ...ofRequested(viewpointId), Item: { ...kept, viewpoint_name: { S: newName } } }), () => {
          expectation.viewpointName = newName;
          expectation.isPut = true;
        });
      }
      case 'delete':
        return await write(new DeleteItemCommand({ ...ofRequested(viewpointId), Key: { viewpoint_id: { S: viewpointId } } }), () => (expectation.fate = 'gone'));
      case 'mark-deleted':
        return await write(
          new UpdateItemCommand({
            ...ofRequested(viewpointId, { ':deleted': { S: 'DELETED' } }),
            Key: { viewpoint_id: { S: viewpointId } },
            UpdateExpression: 'SET viewpoint_status = :deleted',
          }),
          () => (expectation.fate = 'deleted'),
        );
      case 'cancel': {
        const url = fleet.up()[0]?.url();
        const status = url === undefined ? 0 : await request(`${url}/viewpoints/${viewpointId}/process`, { method: 'DELETE' }).then((answer) => answer.status, () => 0);
        if (status === 202 || status === 0) expectation.fate = 'cancelled';
        return status === 202;
      }
    }
  }

  function ofRequested(viewpointId: string, values: Record<string, { S: string } | { N: string }> = {}) {
    return { TableName: tableName, ConditionExpression: 'viewpoint_status = :requested', ExpressionAttributeValues: { ':requested': { S: 'REQUESTED' }, ...values }, viewpointId };
  }

  async function write(command: UpdateItemCommand | PutItemCommand | DeleteItemCommand, onDone: () => void): Promise<boolean> {
    try {
      if (command instanceof UpdateItemCommand) await dynamodb.send(command);
      else if (command instanceof PutItemCommand) await dynamodb.send(command);
      else await dynamodb.send(command);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
    onDone();
    return true;
  }

  return {
    expectations,

    async request(planned) {
      const { viewpointId, definition, endsAs, interference } = planned;
      const expectation: Expectation = { viewpointId, viewpointName: definition.viewpoint_name, objectKey: definition.object_key, endsAs, fate: 'none', isPut: false, askedAgain: 0 };
      expectations.set(viewpointId, expectation);
      tally.add('requests', planned.route);
      await ask(planned, expectation);
      if (interference === null || expectation.fate === 'gone') return;
      const done = delay(planned.interferenceAfterMs).then(() => interfere(planned, interference, expectation));
      underWay.add(done);
      void done.finally(() => underWay.delete(done));
    },

    async requestAgain(viewpointId) {
      const expectation = expectations.get(viewpointId);
      if (expectation === undefined) return;
      expectation.askedAgain++;
      await post(viewpointId);
    },

    async settled() {
      await Promise.all(underWay);
    },
  };
}
