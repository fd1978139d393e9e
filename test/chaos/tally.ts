/** Counts what was tried, by kind and name. */
export interface Tally {
  add(kind: string, name: string): void;
  total(kind: string): number;
  /** One line per kind, names with their counts in the order of the alphabet. */
  lines(): string[];
}

export function createTally(): Tally {
  const kinds = new Map<string, Map<string, number>>();
  return {
    add(kind, name) {
      const names = kinds.get(kind) ?? new Map<string, number>();
      kinds.set(kind, names.set(name, (names.get(name) ?? 0) + 1));
    },
    total: (kind) => [...(kinds.get(kind)?.values() ?? [])].reduce((sum, count) => sum + count, 0),
    lines: () =>
      [...kinds].map(([kind, names]) => {
        const counts = [...names].sort(([left], [right]) => left.localeCompare(right)).map(([name, count]) => `${name} ${count}`);
        return `${kind} (${[...names.values()].reduce((sum, count) => sum + count, 0)}): ${counts.join(', ')}`;
      }),
  };
}
