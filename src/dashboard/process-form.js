import { sentenceOf } from './api.js';
import { h, put, uniqueId } from './dom.js';
import { viewpointLink } from './route.js';

/** Characters of a file name that an id may not hold. */
const NOT_IN_IDS = /[^A-Za-z0-9_-]+/g;

/**
 * A form that defines a viewpoint and has it processed; shows the viewpoint when the service has taken it.
 * @param {{ api: import('./api.js').Api }} options
 */
export function processForm({ api }) {
  const bucket = h('input', { name: 'bucket_name', required: true, minlength: 3, maxlength: 255, autocomplete: 'on', spellcheck: 'false', placeholder: 'viewpoint-images' });
  const key = h('input', { name: 'object_key', required: true, maxlength: 1024, autocomplete: 'off', spellcheck: 'false', placeholder: 'samples/rgb-striped.tif' });
  const id = h('input', { name: 'viewpoint_id', required: true, maxlength: 255, pattern: '[A-Za-z0-9_.~\\-]+', autocomplete: 'off', spellcheck: 'false', title: 'Letters, digits and _ . ~ -' });
  const name = h('input', { name: 'viewpoint_name', required: true, maxlength: 1024, autocomplete: 'off' });
  const tileSize = h('input', { name: 'tile_size', type: 'number', value: 512, min: 1, max: 8192, required: true });
  const adjustment = h('select', { name: 'range_adjustment' }, h('option', { value: 'NONE' }, 'NONE: values as they are'), h('option', { value: 'MINMAX' }, 'MINMAX: lowest to highest'), h('option', { value: 'DRA' }, 'DRA: without outliers'));
  const send = h('button', { class: 'primary' }, 'Process');
  const message = h('p', { role: 'alert', class: 'error-text' });

  // Id and name follow the key until somebody chooses others.
  key.addEventListener('input', () => {
    const fileName = key.value.slice(key.value.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
    if (!id.dataset['chosen']) id.value = fileName.replaceAll(NOT_IN_IDS, '-').slice(0, 255);
    if (!name.dataset['chosen']) name.value = fileName;
  });
  for (const field of [id, name]) field.addEventListener('input', () => (field.dataset['chosen'] = 'yes'));

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    put(message);
    send.disabled = true;
    try {
      await api.process(id.value, {
        viewpoint_name: name.value,
        bucket_name: bucket.value,
        object_key: key.value,
        tile_size: tileSize.valueAsNumber,
        range_adjustment: adjustment.value,
      });
      location.hash = viewpointLink(id.value);
    } catch (error) {
      put(message, sentenceOf(error));
    } finally {
      send.disabled = false;
    }
  }

  const element = h(
    'details',
    { class: 'card form-card' },
    h('summary', {}, h('h2', {}, 'Process an image')),
    h(
      'form',
      { class: 'fields', submit: (/** @type {Event} */ event) => void submit(event) },
      labelled('S3 bucket', bucket),
      labelled('Object key', key, 'full'),
      labelled('Viewpoint id', id),
      labelled('Name', name),
      labelled('Tile edge in pixels', tileSize),
      labelled('Range adjustment', adjustment),
      h('div', { class: 'actions full' }, send, message),
    ),
  );
  return { element };
}

/** @param {string} text @param {HTMLElement} field @param {string} [kind] */
function labelled(text, field, kind = '') {
  field.id = uniqueId('field');
  return h('div', { class: `field ${kind}` }, h('label', { for: field.id }, text), field);
}
