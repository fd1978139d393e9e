import type { Config } from '../config/config.js';
import type { TracingSettings } from '../tracing/settings.js';

/** The OTEL_* variables as OpenTelemetry's specification reads them (OTLP exporter configuration, resource SDK). */
export function tracingSettings(config: Config, version: string): TracingSettings {
  return {
    exporter: config.OTEL_TRACES_EXPORTER,
    url: config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? `${config.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`,
    headers: pairsIn(config.OTEL_EXPORTER_OTLP_HEADERS),
    serviceName: config.OTEL_SERVICE_NAME,
    serviceVersion: version,
    replica: config.replica,
    attributes: pairsIn(config.OTEL_RESOURCE_ATTRIBUTES),
    sampler: config.OTEL_TRACES_SAMPLER,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** `name=value` separated by commas, values percent-encoded, as W3C Baggage has them. */
function pairsIn(text = ''): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.flatMap(([name = '', ...value]) => (name.trim() === '' ? [] : [[name.trim(), decoded(value.join('=').trim())]])));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
