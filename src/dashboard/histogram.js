import { adjustedRange, rangeHistogramBuckets } from '../domain/range-adjustment.js';
import { svg, h } from './dom.js';
import { count, pixelValue } from './format.js';

/**
 * @typedef {import('./api.js').RangeAdjustment} RangeAdjustment
 * @typedef {{ minimum: number, maximum: number, counts: readonly number[] }} Counts
 * @typedef {{ name: string, description?: string, data_type: string, statistics?: { minimum: number, maximum: number, mean: number, stddev: number }, 'raster:histogram'?: { min: number, max: number, buckets: number[] } }} Band a band of the STAC Item
 */

const WIDTH = 512;
const HEIGHT = 128;

/**
 * A band's histogram, with the pixel values that the adjustment makes black and white.
 * @param {Band} band @param {number} bandNumber @param {RangeAdjustment} adjustment @param {boolean} isLogarithmic
 */
export function bandHistogram(band, bandNumber, adjustment, isLogarithmic) {
  const { statistics, description = 'Undefined', data_type } = band;
  const title = `Band ${bandNumber}${description === 'Undefined' ? '' : `, ${description.toLowerCase()}`}`;
  const facts = [data_type, ...(statistics === undefined ? [] : [`${pixelValue(statistics.minimum)} to ${pixelValue(statistics.maximum)}`, `mean ${pixelValue(statistics.mean)}`, `σ ${pixelValue(statistics.stddev)}`])].join(', ');
  const caption = h('figcaption', {}, h('strong', {}, title), h('span', { class: 'muted' }, facts));
  const counts = countsOf(band);
  if (counts === null) return h('figure', { class: 'histogram' }, caption, h('p', { class: 'muted none' }, statistics === undefined ? 'No valid pixels.' : 'The statistics that came with the image hold no histogram.'));
  const shown = shownRange(band, counts, adjustment);
  const shownText = `black ${pixelValue(shown.minimum)}, white ${pixelValue(shown.maximum)}`;
  return h(
    'figure',
    { class: 'histogram' },
    caption,
    drawing(counts, shown, isLogarithmic, `Histogram of ${title}: ${facts}; ${shownText}.`),
    h('div', { class: 'axis muted', 'aria-hidden': 'true' }, h('span', {}, pixelValue(counts.minimum)), h('span', { class: 'range' }, shownText), h('span', {}, pixelValue(counts.maximum))),
  );
}

/** @param {Band} band @returns {Counts | null} */
function countsOf({ 'raster:histogram': histogram }) {
  if (histogram === undefined || !(histogram.max > histogram.min) || histogram.buckets.every((each) => each === 0)) return null;
  return { minimum: histogram.min, maximum: histogram.max, counts: histogram.buckets };
}

/**
 * The pixel values that become black and white: by the service's own formula over the histogram of the STAC
 * Item, whose buckets may be wider than those that the tiles go by.
 * @param {Band} band @param {Counts} histogram @param {RangeAdjustment} adjustment
 */
function shownRange(band, histogram, adjustment) {
  const { minimum, maximum, counts } = rebinned(band, histogram);
  const filled = [...counts.entries()].filter(([, each]) => each > 0);
  return adjustedRange({ minimum, maximum, buckets: counts.length, filled }, adjustment) ?? { minimum: 0, maximum: 255 };
}

/** The same pixels in the buckets of the range adjustment, where those are not finer. @param {Band} band @param {Counts} histogram @returns {Counts} */
function rebinned({ statistics, data_type }, histogram) {
  if (statistics === undefined || !(statistics.maximum > statistics.minimum)) return histogram;
  const { minimum, maximum } = statistics;
  const buckets = rangeHistogramBuckets(minimum, maximum, /^float|^c/.test(data_type));
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
