import type { Cancel } from '../src/executor/cancel.js';
import type { DeadLetters } from '../src/executor/dead-letters.js';
import type { Executor } from '../src/executor/executor.js';
import type { ViewpointTable } from '../src/storage/viewpoint-table.js';
import type { ArtifactStore } from '../src/storage/artifact-store.js';
import type { Intake } from '../src/executor/intake.js';
import type { ViewpointWatch } from '../src/executor/viewpoint-watch.js';
import type { SignedRequest } from '../src/inbound/event-receiver.js';
import type { SnsRequest } from '../src/inbound/sns-receiver.js';
import type { PayloadAnswer } from '../src/inbound/webhook-payload.js';
import type { Previews } from '../src/pipeline/previews.js';
import type { DeliveryLog } from '../src/deliveries/delivery-log.js';
import type { PageTokens } from './page-tokens.js';

/** One thing that the service needs to do its work, and whether it is there. */
export interface HealthCheck {
  name: string;
  /** Throws when it is not; the message tells why. */
  check: () => Promise<void>;
}

/** The figures of this process as Prometheus reads them. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** What the routes are given by the composition root. */
export interface RouteContext {
  intake: Intake;
  cancel: Cancel;
  watch: ViewpointWatch;
  /** Longest silence of a stream of events, in milliseconds. */
  heartbeatMs: number;
  deliveryLog: DeliveryLog;
  /** The callback URL in its normal form. @throws ViewpointError `callback_refused` when it may not be called. */
  checkedCallback: (url: string) => string;
  executor: Executor;
  deadLetters: DeadLetters;
  table: ViewpointTable;
  artifacts: ArtifactStore;
  previews: Previews;
  pageTokens: PageTokens;
  receiveSns: (request: SnsRequest) => Promise<PayloadAnswer>;
  receiveEvent: (request: SignedRequest) => Promise<PayloadAnswer>;
  metrics: MetricsText;
  /** What must be in order for this process to be ready. */
  healthChecks: readonly HealthCheck[];
}
