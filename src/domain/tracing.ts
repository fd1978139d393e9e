/** Headers that carry the context of a trace from one process to the next, as `traceparent` (W3C Trace Context). */
export type TraceCarrier = Readonly<Record<string, string | undefined>>;

export type AttributeValue = string | number | boolean;

export interface SpanOptions {
  kind?: 'internal' | 'server' | 'client' | 'consumer';
  attributes?: Readonly<Record<string, AttributeValue>>;
  /** Where the trace comes from, when that is another process; the span that is active here otherwise. */
  parent?: TraceCarrier;
}

/** A piece of work in a trace, from its start to `end`. */
export interface TraceSpan {
  /** Runs the work so that spans which it starts, now or later, are part of this one. */
  within<Result>(work: () => Result): Result;
  set(name: string, value: AttributeValue): void;
  /** With an error, the span is marked as failed. */
  end(error?: unknown): void;
}

/** Traces of what this process does; see `NO_TRACING` for when they are off. */
export interface Tracing {
  start(name: string, options?: SpanOptions): TraceSpan;
  /** Whether the running code is part of a trace. */
  isActive(): boolean;
  /** Headers that let another process go on with the active trace; none without one. */
  headers(): Record<string, string>;
  /** Ids of the active trace and span, for log lines. */
  logFields(): Record<string, string>;
  /** Sends what is not sent yet, and ends. */
  stop(): Promise<void>;
}

const NO_SPAN: TraceSpan = { within: (work) => work(), set: () => undefined, end: () => undefined };

export const NO_TRACING: Tracing = {
  start: () => NO_SPAN,
  isActive: () => false,
  headers: () => ({}),
  logFields: () => ({}),
  stop: () => Promise.resolve(),
};

/** Carries out the work as a span of its own, which fails when the work does. */
export async function inSpan<Result>(tracing: Tracing, name: string, options: SpanOptions, work: (span: TraceSpan) => Promise<Result>): Promise<Result> {
  const span = tracing.start(name, options);
  try {
    const result = await span.within(() => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
