export interface TracingSettings {
  exporter: 'none' | 'otlp';
  /** Where spans are POSTed to, in full. */
  url: string;
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  serviceVersion: string;
  /** Name of this process among others of the service. */
  replica: string;
  attributes: Readonly<Record<string, string>>;
  sampler: 'always_on' | 'always_off' | 'traceidratio' | 'parentbased_always_on' | 'parentbased_always_off' | 'parentbased_traceidratio';
  /** Share of traces that ratio samplers keep, 0 to 1. */
  ratio: number;
}
