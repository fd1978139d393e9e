/** What a promise of the service came to. */
export interface Finding {
  promise: string;
  /** Cases looked at. */
  checked: number;
  /** What broke it, for people; empty when it held. */
  broken: string[];
}

const MOST_SHOWN = 12;

export function finding(promise: string, checked: number, broken: string[]): Finding {
  return { promise, checked, broken };
}

export function describeFinding({ promise, checked, broken }: Finding): string {
  const head = `${broken.length === 0 ? 'held  ' : 'BROKEN'} ${promise} (${checked} checked${broken.length === 0 ? '' : `, ${broken.length} broken`})`;
  const shown = broken.slice(0, MOST_SHOWN).map((line) => `         ${line}`);
  return [head, ...shown, ...(broken.length > MOST_SHOWN ? [`         and ${broken.length - MOST_SHOWN} more`] : [])].join('\n');
}
