import { changeDeliveries, type Completion, type Delivery } from '../domain/completion.js';
import { ViewpointError } from '../domain/errors.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { Deliverer } from './deliverer.js';

export interface LoggedDelivery {
  completion: Completion;
  delivery: Delivery;
}

/** What was told of a viewpoint, and a way to tell it once more. Methods throw ViewpointError `viewpoint_not_found`, `dependency_unavailable`. */
export interface DeliveryLog {
  /** The latest first. */
  list(viewpointId: string): Promise<LoggedDelivery[]>;
  /** Makes a delivery due now, with as many tries as a new one. @throws ViewpointError `delivery_not_found`. */
  redeliver(viewpointId: string, deliveryId: string): Promise<LoggedDelivery>;
}

export function createDeliveryLog({ table, deliverer, now }: { table: ViewpointTable; deliverer: Deliverer; now: () => number }): DeliveryLog {
  const find = (completions: readonly Completion[], deliveryId: string) => logged(completions).find(({ delivery }) => delivery.id === deliveryId);

  return {
    async list(viewpointId) {
      const record = await table.get(viewpointId);
      if (record === null) throw viewpointNotFound(viewpointId);
      return logged(record.completions).reverse();
    },

    async redeliver(viewpointId, deliveryId) {
      const again = (delivery: Delivery): Delivery => (delivery.id === deliveryId ? { ...delivery, state: 'pending', due_at: now(), tries: 0 } : delivery);
      let found: LoggedDelivery | undefined;
      const written = await table.changeDeliveries(viewpointId, (record) => {
        const completions = changeDeliveries(record.completions, again);
        found = find(completions, deliveryId);
        return found === undefined ? null : { ...record, completions };
      });
      if (written !== null && found !== undefined) {
        deliverer.due(viewpointId);
        return found;
      }
      if ((await table.get(viewpointId)) === null) throw viewpointNotFound(viewpointId);
      throw new ViewpointError('delivery_not_found', `The viewpoint "${viewpointId}" has no delivery "${deliveryId}". GET /viewpoints/${viewpointId}/deliveries lists those that it has; only the latest are kept.`);
    },
  };
}

function logged(completions: readonly Completion[]): LoggedDelivery[] {
  return completions.flatMap((completion) => completion.deliveries.map((delivery) => ({ completion, delivery })));
}

function viewpointNotFound(viewpointId: string): ViewpointError {
  return new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
}
