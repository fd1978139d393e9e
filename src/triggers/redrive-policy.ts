export interface RedrivePolicy {
  /** Receives before a message goes to the dead-letter queue. */
  maxReceiveCount: number | null;
  deadLetterTargetArn: string | undefined;
}

/** The queue attribute `RedrivePolicy`, JSON in which numbers may stand as text; null when the queue has none. */
export function redrivePolicyOf(attribute: string | undefined): RedrivePolicy | null {
  if (attribute === undefined || attribute === '') return null;
  const { maxReceiveCount, deadLetterTargetArn } = JSON.parse(attribute) as { maxReceiveCount?: number | string; deadLetterTargetArn?: string };
  return { maxReceiveCount: maxReceiveCount === undefined ? null : Number(maxReceiveCount), deadLetterTargetArn };
}
