import { imageFileName } from '../domain/artifacts.js';
import { messageOf, ViewpointError } from '../domain/errors.js';
import { isSideFile, ruleFor, viewpointBy, type EventRule } from '../domain/events/event-rules.js';
import type { ObjectEvent } from '../domain/events/object-event.js';
import { versionIn, versionOrder, versionText } from '../domain/events/object-version.js';
import { expireTimeAfter, type ViewpointDefinition } from '../domain/viewpoint.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

/** What becomes of an event: the viewpoint whose job it is, or why there is none. */
export type Registration = { viewpointId: string; ignored?: never } | { viewpointId?: never; ignored: string };

export interface ObjectIntake {
  /**
   * Sees to the row of the viewpoint that a rule makes of the object. Afterwards the viewpoint is REQUESTED when there is
   * something to do, so a submit of it does the rest.
   * @throws ViewpointError `dependency_unavailable`.
   */
  register(event: ObjectEvent): Promise<Registration>;
}

export interface ObjectIntakeDeps {
  table: ViewpointTable;
  rules: readonly EventRule[];
  now: () => number;
  /** Days until a row that never became READY expires. */
  timeToLiveDays: number;
  /** For how long a registered viewpoint is thought to be in good hands, in milliseconds. */
  claimMs: number;
}

/** Each time another writer was quicker. */
const MOST_TRIES = 20;

interface Candidate {
  viewpointId: string;
  definition: ViewpointDefinition;
}

/**
 * Turns events about objects into rows. The row remembers which version of the object the latest event told of: the same
 * one again changes nothing, an older one is ignored, a newer one has the viewpoint processed again, also when a job runs.
 */
export function createObjectIntake({ table, rules, now, timeToLiveDays, claimMs }: ObjectIntakeDeps): ObjectIntake {
  function candidate(event: ObjectEvent): Candidate | { ignored: string } {
    if (event.kind !== 'created') return { ignored: `${event.name} is no new object` };
    if (event.objectKey.endsWith('/')) return { ignored: 'the key names a folder' };
    if (isSideFile(event.objectKey)) return { ignored: 'the object is a side file of an image' };
    const rule = ruleFor(rules, event);
    if (rule === undefined) return { ignored: 'no rule of EVENT_RULES fits the object' };
    try {
      imageFileName(event.objectKey);
    } catch (error) {
      return { ignored: messageOf(error) };
    }
    return viewpointBy(rule, event);
  }

  /** Tells what became of the event; undefined when another writer was quicker. */
  async function attempt(event: ObjectEvent, { viewpointId, definition }: Candidate): Promise<Registration | undefined> {
    const notes = { object_version: versionText(event.version) };
    const record = await table.get(viewpointId);
    const expireTime = expireTimeAfter(now(), timeToLiveDays);
    if (record === null) return (await table.create(viewpointId, definition, expireTime, now() + claimMs, notes)) ? { viewpointId } : undefined;
    const reason = whyNot(record, definition);
    if (reason !== undefined) return { ignored: reason };
    const seen = versionIn(record.object_version);
    const order = seen === null ? 'newer' : versionOrder(seen, event.version);
    if (order === 'older') return { ignored: 'a later event told of a newer version of the object' };
    if (order === 'same') return { viewpointId };
    // A job that runs sees the new version before it publishes or fails, and starts over.
    const written = record.viewpoint_status === 'REQUESTED' ? await table.note(record, notes) : await table.reopen(record, expireTime, now() + claimMs, notes);
    return written === null ? undefined : { viewpointId };
  }

  return {
    async register(event) {
      const found = candidate(event);
      if ('ignored' in found) return found;
      for (let tries = 1; tries <= MOST_TRIES; tries++) {
        const registration = await attempt(event, found);
        if (registration !== undefined) return registration;
      }
      throw new ViewpointError('dependency_unavailable', `The row of the viewpoint "${found.viewpointId}" changes too often, or is not as it should be.`);
    },
  };
}

function whyNot(record: ViewpointRecord, { bucket_name, object_key }: ViewpointDefinition): string | undefined {
  if (record.bucket_name !== bucket_name || record.object_key !== object_key) {
    return `the viewpoint "${record.viewpoint_id}" shows another object, ${record.bucket_name}/${record.object_key}; the rule's viewpoint_id does not tell them apart`;
  }
  return record.viewpoint_status === 'DELETED' ? `the viewpoint "${record.viewpoint_id}" was deleted` : undefined;
}
