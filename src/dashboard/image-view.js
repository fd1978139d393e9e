import { sentenceOf } from './api.js';
import { h, put, say, svg, uniqueId } from './dom.js';
import { bandHistogram } from './histogram.js';
import { footprintMaps } from './world-map.js';

/** @typedef {import('./api.js').RangeAdjustment} RangeAdjustment */

const BANDS_SHOWN = 8;
const DOCUMENTS = ['metadata', 'bounds', 'info', 'statistics', 'footprint', 'stac'];

/**
 * What a READY viewpoint shows: preview and histograms under a range adjustment, its place on Earth, its documents.
 * @param {{ api: import('./api.js').Api, signal: AbortSignal, id: string, adjustment: RangeAdjustment }} options
 */
export function imageView({ api, signal, id, adjustment }) {
  const chosen = adjustmentChoice(adjustment, () => void show());
  const isLogarithmic = h('input', { type: 'checkbox', id: uniqueId('field'), change: () => drawHistograms() });
  const picture = h('div', { class: 'preview' });
  const histograms = h('div', { class: 'histograms' });
  /** @type {import('./histogram.js').Band[]} */
  let bands = [];
  let showsAllBands = false;

  async function show() {
    drawHistograms();
    await into(picture, async () => {
      const blob = await api.preview(id, chosen.value(), signal);
      return pictureOf(await createImageBitmap(blob), `Preview of ${id}, range adjustment ${chosen.value()}`);
    });
  }

  function drawHistograms() {
    if (bands.length === 0) return;
    const shown = showsAllBands ? bands : bands.slice(0, BANDS_SHOWN);
    const hasMore = shown.length < bands.length;
    put(histograms, ...shown.map((band, index) => bandHistogram(band, index + 1, chosen.value(), isLogarithmic.checked)), hasMore && h('button', { type: 'button', click: showAllBands }, `Show all ${bands.length} bands`));
  }

  function showAllBands() {
    showsAllBands = true;
    drawHistograms();
  }

  const maps = h('div');
  const element = h(
    'div',
    { class: 'columns' },
    h('section', { class: 'card', 'aria-labelledby': 'preview-title' }, h('div', { class: 'card-head' }, h('h2', { id: 'preview-title' }, 'Preview'), chosen.element), picture),
    h('section', { class: 'card', 'aria-labelledby': 'map-title' }, h('div', { class: 'card-head' }, h('h2', { id: 'map-title' }, 'Footprint')), maps),
    h(
      'section',
      { class: 'card span', 'aria-labelledby': 'histogram-title' },
      h('div', { class: 'card-head' }, h('h2', { id: 'histogram-title' }, 'Histograms'), h('label', { class: 'check', for: isLogarithmic.id }, isLogarithmic, 'Logarithmic counts')),
      h('p', { class: 'muted' }, 'Pixel values from the black line to the white one become the greys of the strip below; the shaded rest is clipped.'),
      histograms,
    ),
  );

  const documents = h('section', { class: 'card', 'aria-labelledby': 'documents-title' }, h('div', { class: 'card-head' }, h('h2', { id: 'documents-title' }, 'Documents')), ...DOCUMENTS.map((name) => documentDetails(api, signal, id, name)));

  void show();
  void into(maps, async () => footprintMaps(await api.document(id, 'footprint', signal)));
  void into(histograms, async () => {
    bands = (await api.document(id, 'stac', signal)).assets.image.bands ?? [];
    drawHistograms();
    return null;
  });

  /** Shows what the work makes, or why it cannot. @param {HTMLElement} place @param {() => Promise<Node | null>} work */
  async function into(place, work) {
    place.setAttribute('aria-busy', 'true');
    try {
      const made = await work();
      if (made !== null) put(place, made);
    } catch (error) {
      if (!signal.aborted) put(place, h('p', { class: 'error-text' }, sentenceOf(error)));
    } finally {
      place.removeAttribute('aria-busy');
    }
  }

  return { element, documents };
}

/** @param {RangeAdjustment} initial @param {() => void} onChange */
function adjustmentChoice(initial, onChange) {
  const select = h('select', { id: uniqueId('field'), change: onChange }, ...['NONE', 'MINMAX', 'DRA'].map((each) => h('option', { value: each, selected: each === initial }, each === initial ? `${each} (its tiles)` : each)));
  return {
    element: h('div', { class: 'inline-field' }, h('label', { for: select.id }, 'Range adjustment'), select),
    value: () => /** @type {RangeAdjustment} */ (select.value),
  };
}

/** On a canvas, since an image element can neither send a key nor show bytes under the page's content policy. @param {ImageBitmap} bitmap @param {string} label */
function pictureOf(bitmap, label) {
  const canvas = h('canvas', { width: bitmap.width, height: bitmap.height, role: 'img', 'aria-label': label });
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}

/** A document, fetched when it is opened. @param {import('./api.js').Api} api @param {AbortSignal} signal @param {string} id @param {string} name */
function documentDetails(api, signal, id, name) {
  const text = h('pre', { tabindex: 0, 'aria-label': `Document ${name}` }, 'Loading …');
  const details = h('details', { class: 'document', toggle: () => void load() }, h('summary', {}, name, chevron()), text);
  let isLoaded = false;

  async function load() {
    if (!details.open || isLoaded) return;
    isLoaded = true;
    try {
      say(text, JSON.stringify(await api.document(id, name, signal), null, 2));
    } catch (error) {
      isLoaded = false;
      say(text, sentenceOf(error));
    }
  }
  return details;
}

function chevron() {
  return svg('svg', { class: 'chevron', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('path', { d: 'M2 4l4 4 4-4' }));
}
