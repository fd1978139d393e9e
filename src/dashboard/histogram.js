import { adjustedRange, rangeHistogramBuckets } from '../domain/range-adjustment.js';
import { svg, h } from './dom.js';
import { count, pixelValue } from './format.js';

/**
 * @typedef {import('./api.js').RangeAdjustment} RangeAdjustment
 * @typedef {{ minimum: number, maximum: number, counts: readonly number[] }} Counts
 * @typedef {{ band: number, type: string, colorInterpretation?: string, description?: string, minimum?: number, maximum?: number, mean?: number, stdDev?: number, histogram?: { min: number, max: number, buckets: number[] }, metadata?: Record<string, Record<string, string>> }} Band one of `gdalinfo -json`
 */

const WIDTH = 512;
const HEIGHT = 128;

/** A band's histogram, with the pixel values that the adjustment makes black and white. @param {Band} band @param {RangeAdjustment} adjustment @param {boolean} isLogarithmic */
export function bandHistogram(band, adjustment, isLogarithmic) {
  const title = `Band ${band.band}${band.colorInterpretation === undefined || band.colorInterpretation === 'Undefined' ? '' : `, ${band.colorInterpretation.toLowerCase()}`}`;
  const counts = countsOf(band);
  if (counts === null) return h('figure', { class: 'histogram' }, h('figcaption', {}, h('strong', {}, title), h('span', { class: 'muted' }, band.type)), h('p', { class: 'muted' }, 'No valid pixel, or no histogram.'));
  const shown = shownRange(band, counts, adjustment);
  const facts = [band.type, ...(band.minimum === undefined || band.maximum === undefined ? [] : [`${pixelValue(band.minimum)} to ${pixelValue(band.maximum)}`]), ...(band.mean === undefined ? [] : [`mean ${pixelValue(band.mean)}`]), ...(band.stdDev === undefined ? [] : [`σ ${pixelValue(band.stdDev)}`])];
  const shownText = `black ${pixelValue(shown.minimum)}, white ${pixelValue(shown.maximum)}`;
  return h(
    'figure',
    { class: 'histogram' },
    h('figcaption', {}, h('strong', {}, title), h('span', { class: 'muted' }, facts.join(', '))),
    drawing(counts, shown, isLogarithmic, `Histogram of ${title}: ${facts.join(', ')}; ${shownText}.`),
    h('div', { class: 'axis muted', 'aria-hidden': 'true' }, h('span', {}, pixelValue(counts.minimum)), h('span', {}, shownText), h('span', {}, pixelValue(counts.maximum))),
  );
}

/** @param {Band} band @returns {Counts | null} */
function countsOf({ histogram }) {
  if (histogram === undefined || !(histogram.max > histogram.min) || histogram.buckets.every((each) => each === 0)) return null;
  return { minimum: histogram.min, maximum: histogram.max, counts: histogram.buckets };
}

/**
 * The pixel values that become black and white: by the service's own formula over the histogram that the statistics
 * hold, whose buckets may be wider than those that the tiles go by.
 * @param {Band} band @param {Counts} histogram @param {RangeAdjustment} adjustment
 */
function shownRange(band, histogram, adjustment) {
  return adjustedRange(rebinned(band, histogram), adjustment) ?? { minimum: 0, maximum: 255 };
}

/** The same pixels in the buckets of the range adjustment, where those are not finer. @param {Band} band @param {Counts} histogram @returns {Counts} */
function rebinned({ minimum, maximum, type }, histogram) {
  if (minimum === undefined || maximum === undefined || !(maximum > minimum)) return histogram;
  const buckets = rangeHistogramBuckets(minimum, maximum, /Float|^C/.test(type));
  if (buckets > histogram.counts.length) return histogram;
  const counts = new Array(buckets).fill(0);
  const width = (histogram.maximum - histogram.minimum) / histogram.counts.length;
  histogram.counts.forEach((each, index) => {
    const value = histogram.minimum + (index + 0.5) * width;
    counts[Math.min(buckets - 1, Math.max(0, Math.floor(((value - minimum) / (maximum - minimum)) * buckets)))] += each;
  });
  return { minimum, maximum, counts };
}

/** @param {Counts} histogram @param {{ minimum: number, maximum: number }} shown @param {boolean} isLogarithmic @param {string} label */
function drawing({ minimum, maximum, counts }, shown, isLogarithmic, label) {
  const heightOf = (/** @type {number} */ each) => (isLogarithmic ? Math.log1p(each) : each);
  const highest = Math.max(...counts.map(heightOf));
  const bucketWidth = WIDTH / counts.length;
  const outline = counts.map((each, index) => `V${(HEIGHT - (heightOf(each) / highest) * (HEIGHT - 6)).toFixed(1)}H${((index + 1) * bucketWidth).toFixed(2)}`).join('');
  const x = (/** @type {number} */ value) => Math.min(WIDTH, Math.max(0, ((value - minimum) / (maximum - minimum)) * WIDTH));
  const [black, white] = [x(shown.minimum), x(shown.maximum)];
  return svg(
    'svg',
    { class: 'histogram-drawing', viewBox: `0 0 ${WIDTH} ${HEIGHT + 14}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('title', {}, `${count(counts.reduce((sum, each) => sum + each, 0))} pixels`),
    svg('path', { class: 'histogram-bars', d: `M0 ${HEIGHT}${outline}V${HEIGHT}Z` }),
    svg('rect', { class: 'histogram-outside', width: black, height: HEIGHT }),
    svg('rect', { class: 'histogram-outside', x: white, width: WIDTH - white, height: HEIGHT }),
    svg('line', { class: 'histogram-curve', x1: black, y1: HEIGHT, x2: white, y2: 0 }),
    ...[black, white].map((at) => svg('line', { class: 'histogram-edge', x1: at, y1: 0, x2: at, y2: HEIGHT })),
    ...greys(black, white),
  );
}

/** What grey each value becomes, as a strip below the histogram. @param {number} black @param {number} white */
function greys(black, white) {
  const steps = 32;
  const width = (white - black) / steps;
  const grey = (/** @type {number} */ part) => `rgb(${[0, 0, 0].fill(Math.round(255 * part)).join(' ')})`;
  return [
    svg('rect', { x: 0, y: HEIGHT + 4, width: black, height: 10, fill: grey(0) }),
    ...Array.from({ length: steps }, (_, index) => svg('rect', { x: black + index * width, y: HEIGHT + 4, width: width + 0.5, height: 10, fill: grey(index / (steps - 1)) })),
    svg('rect', { x: white, y: HEIGHT + 4, width: WIDTH - white, height: 10, fill: grey(1) }),
  ];
}
