import type { ReplicaKill } from './replicas.js';
import type { Wire } from './wire.js';
import { LEASE_SECONDS } from './world.js';

/** How long the viewpoints that a killed process held waited for the next one, in milliseconds, in order of length. */
export function takeoverTimes(wire: Wire, kills: readonly ReplicaKill[]): number[] {
  return kills
    .flatMap(({ name, atMs }) =>
      [...wire.rows.values()].flatMap((versions) => {
        const held = versions.findLast((version) => version.atMs <= atMs);
        if (held?.owner !== name || held.status !== 'REQUESTED') return [];
        const next = versions.find((version) => version.atMs > atMs && version.owner !== null && version.owner !== name);
        return next === undefined ? [] : [next.atMs - atMs];
      }),
    )
    .sort((left, right) => left - right);
}

/** The times as lines for people. */
export function readTakeovers(wire: Wire, kills: readonly ReplicaKill[]): string[] {
  return describeTimes(takeoverTimes(wire, kills));
}

export function describeTimes(times: readonly number[]): string[] {
  if (times.length === 0) return ['no killed process held a viewpoint'];
  const limitMs = (LEASE_SECONDS + 5) * 1000;
  const seconds = (share: number) => ((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) / 1000).toFixed(1);
  const inTime = times.filter((ms) => ms <= limitMs).length;
  return [
    `from a kill to the next lease on each of ${times.length} viewpoints that the process held: median ${seconds(0.5)} s, 9 of 10 within ${seconds(0.9)} s, longest ${seconds(1)} s;`,
    `${inTime} of ${times.length} within lease (${LEASE_SECONDS} s) + 5 s`,
  ];
}
