import { createHash } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { ARTIFACT_SUFFIXES } from '../artifacts.js';
import { messageOf } from '../errors.js';
import { conforms, firstFault } from '../schema-check.js';
import { DEFAULT_TILE_SIZE, VIEWPOINT_ID_PATTERN, ViewpointDefinition } from '../viewpoint.js';
import type { ObjectEvent } from './object-event.js';

const PLACEHOLDERS = ['bucket', 'key', 'name', 'stem', 'version', 'hash'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** Which objects become viewpoints when they are put into a bucket, and how those are made. */
export const EventRule = Type.Object(
  {
    bucket: Type.String({ minLength: 3, maxLength: 255 }),
    prefix: Type.Optional(Type.String()),
    suffix: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })])),
    tile_size: Type.Optional(ViewpointDefinition.properties.tile_size),
    range_adjustment: Type.Optional(ViewpointDefinition.properties.range_adjustment),
    viewpoint_id: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    viewpoint_name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  },
  { additionalProperties: false },
);
export type EventRule = Static<typeof EventRule>;

const DEFAULT_ID = '{stem}-{hash}';
const DEFAULT_NAME = '{name}';
const HASH_DIGITS = 16;
const LONGEST_ID = 255;
const LONGEST_NAME = 1024;

/**
 * The rules in a JSON text: a list, of which the first that fits an object counts.
 * @throws Error whose message has one line per fault, each with the number of the rule, counted from 1.
 */
export function parseEventRules(text: string): readonly EventRule[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: ${messageOf(error)}`, { cause: error });
  }
  if (!Array.isArray(value)) throw new Error('must be a JSON list of rules');
  const rules: EventRule[] = [];
  const faults = value.flatMap((rule: unknown, index) => {
    const found = faultsOf(rule, rules);
    if (conforms(EventRule, rule)) rules.push(rule);
    return found.map((fault) => `rule ${index + 1}: ${fault}`);
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return rules;
}

/** The first rule that fits the object. */
export function ruleFor(rules: readonly EventRule[], { bucketName, objectKey }: Pick<ObjectEvent, 'bucketName' | 'objectKey'>): EventRule | undefined {
  return rules.find(
    ({ bucket, prefix, suffix }) => bucket === bucketName && objectKey.startsWith(prefix ?? '') && suffixesOf(suffix).some((end) => objectKey.endsWith(end)),
  );
}

/** Whether the object lies beside an image rather than being one: what GDAL or this service writes. */
export function isSideFile(objectKey: string): boolean {
  return Object.values(ARTIFACT_SUFFIXES).some((suffix) => objectKey.toLowerCase().endsWith(suffix));
}

/**
 * The viewpoint that a rule makes of an object. Characters that no id may hold become hyphens; an id that is too long
 * or no id at all after that ends in the hash of bucket and key.
 */
export function viewpointBy(rule: EventRule, event: ObjectEvent): { viewpointId: string; definition: ViewpointDefinition } {
  const values = placeholderValues(event);
  const wanted = filledIn(rule.viewpoint_id ?? DEFAULT_ID, values).replaceAll(/[^A-Za-z0-9_.~-]/g, '-');
  const viewpointId = new RegExp(VIEWPOINT_ID_PATTERN).test(wanted) ? wanted : `${wanted.slice(0, LONGEST_ID - HASH_DIGITS - 1)}-${values.hash}`;
  return {
    viewpointId,
    definition: {
      viewpoint_name: filledIn(rule.viewpoint_name ?? DEFAULT_NAME, values).slice(0, LONGEST_NAME) || viewpointId,
      bucket_name: event.bucketName,
      object_key: event.objectKey,
      tile_size: rule.tile_size ?? DEFAULT_TILE_SIZE,
      range_adjustment: rule.range_adjustment ?? 'NONE',
    },
  };
}

function placeholderValues({ bucketName, objectKey, version }: ObjectEvent): Record<Placeholder, string> {
  const name = objectKey.slice(objectKey.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return {
    bucket: bucketName,
    key: objectKey,
    name,
    stem: dot > 0 ? name.slice(0, dot) : name,
    version: version.versionId ?? version.eTag?.replaceAll('"', '') ?? version.sequencer ?? '',
    hash: createHash('sha256').update(`${bucketName}\0${objectKey}`).digest('hex').slice(0, HASH_DIGITS),
  };
}

function filledIn(template: string, values: Record<Placeholder, string>): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (whole, name: Placeholder) => (PLACEHOLDERS.includes(name) ? values[name] : whole));
}

function faultsOf(rule: unknown, former: readonly EventRule[]): string[] {
  if (!conforms(EventRule, rule)) return [schemaFault(rule)];
  const faults = [...templateFaults('viewpoint_id', rule.viewpoint_id ?? DEFAULT_ID), ...templateFaults('viewpoint_name', rule.viewpoint_name ?? DEFAULT_NAME)];
  const id = rule.viewpoint_id ?? DEFAULT_ID;
  if (!/\{(key|name|stem|hash)\}/.test(id)) faults.push('viewpoint_id must hold {key}, {name}, {stem} or {hash}, or all objects would be one viewpoint');
  if (/[^A-Za-z0-9_.~-]/.test(id.replaceAll(/\{[a-z]+\}/g, ''))) faults.push('viewpoint_id may hold only A-Z a-z 0-9 _ . ~ - beside its placeholders');
  const hiding = former.findIndex((earlier) => covers(earlier, rule));
  if (hiding !== -1) faults.push(`never applies, since rule ${hiding + 1} fits all its objects; put the narrower rule first`);
  return faults;
}

function schemaFault(rule: unknown): string {
  const { text = '', unknownMember } = firstFault(EventRule, rule) ?? {};
  return unknownMember === undefined ? text : `${text} (${unknownMember})`;
}

function templateFaults(member: string, template: string): string[] {
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '').filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));
  if (unknown.length > 0) return [`${member} holds {${unknown.join('}, {')}}; there are {${PLACEHOLDERS.join('}, {')}}`];
  return /[{}]/.test(template.replaceAll(/\{[a-z]+\}/g, '')) ? [`${member} holds a brace without its counterpart`] : [];
}

/** Whether an earlier rule fits every object that the later one fits. */
function covers(earlier: EventRule, later: EventRule): boolean {
  const earlierSuffixes = suffixesOf(earlier.suffix);
  return (
    earlier.bucket === later.bucket &&
    (later.prefix ?? '').startsWith(earlier.prefix ?? '') &&
    suffixesOf(later.suffix).every((suffix) => earlierSuffixes.some((end) => suffix.endsWith(end)))
  );
}

/** Without a suffix every end fits. */
function suffixesOf(suffix: EventRule['suffix']): readonly string[] {
  return suffix === undefined ? [''] : typeof suffix === 'string' ? [suffix] : suffix;
}
