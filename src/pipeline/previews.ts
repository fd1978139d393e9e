import { createHash } from 'node:crypto';
import { ViewpointError } from '../domain/errors.js';
import { LONGEST_PREVIEW_EDGE_PIXELS } from '../domain/preview-size.js';
import type { RangeAdjustment } from '../domain/viewpoint.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { ArtifactStore } from '../storage/artifact-store.js';

/** A preview that can be drawn; its tag is known before that is done. */
export interface Preview {
  /** A strong entity tag (RFC 9110 section 8.8.3), quotes included. */
  eTag: string;
  /** @throws ViewpointError `previews_busy` and those of the decoder. */
  draw(): Promise<Uint8Array>;
}

export interface Previews {
  /**
   * The whole image of a READY viewpoint as a PNG of at most 1024 pixels to a side.
   * @param adjustment the viewpoint's own when undefined.
   * @throws ViewpointError as the artifact store does.
   */
  of(viewpointId: string, adjustment: RangeAdjustment | undefined): Promise<Preview>;
}

export interface PreviewDeps {
  artifacts: ArtifactStore;
  decoder: DecoderPool;
  /** Ends all drawing. */
  signal: AbortSignal;
}

/** Previews drawn at a time; each takes a decoder, and jobs come first. */
const CONCURRENCY = 1;
const WAITING_ROOM = 16;
const TIMEOUT_MS = 20_000;

export function createPreviews({ artifacts, decoder, signal }: PreviewDeps): Previews {
  let drawing = 0;
  const waiting: (() => void)[] = [];

  async function takeTurn(): Promise<void> {
    if (drawing < CONCURRENCY) {
      drawing++;
      return;
    }
    if (waiting.length >= WAITING_ROOM) throw new ViewpointError('previews_busy', `${WAITING_ROOM} previews are waiting already. Try again in a moment.`);
    // Whoever ends hands its turn on.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function endTurn(): void {
    const next = waiting.shift();
    if (next === undefined) drawing--;
    else next();
  }

  return {
    async of(viewpointId, adjustment) {
      const { record, path, version } = await artifacts.image(viewpointId);
      const rangeAdjustment = adjustment ?? record.range_adjustment;
      return {
        eTag: `"${createHash('sha256').update(`${viewpointId} ${version} ${rangeAdjustment}`).digest('base64url')}"`,
        async draw() {
          await takeTurn();
          try {
            const { png } = await decoder.run('preview', { imagePath: path, maximumEdgePixels: LONGEST_PREVIEW_EDGE_PIXELS, rangeAdjustment }, { signal, timeoutMs: TIMEOUT_MS });
            return png;
          } finally {
            endTurn();
          }
        },
      };
    },
  };
}
