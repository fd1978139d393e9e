import { NO_TRACING, type Tracing } from '../domain/tracing.js';
import type { TracingSettings } from './settings.js';

/** Starts tracing if it is on; if not, OpenTelemetry is not even loaded. */
export async function startTracing(settings: TracingSettings): Promise<Tracing> {
  if (settings.exporter === 'none') return NO_TRACING;
  const { startOpenTelemetry } = await import('./open-telemetry.js');
  return startOpenTelemetry(settings);
}
