import { h, uniqueId } from './dom.js';

/**
 * Asks before something that cannot be taken back; answers whether to go on.
 * @param {{ title: string, text: string, action: string }} question
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, action }) {
  const titleId = uniqueId('dialog');
  const dialog = h(
    'dialog',
    { 'aria-labelledby': titleId },
    h('h2', { id: titleId }, title),
    h('p', {}, text),
    h(
      'div',
      { class: 'actions end' },
      h('button', { type: 'button', click: () => dialog.close('') }, 'Keep it'),
      h('button', { type: 'button', class: 'danger', click: () => dialog.close('yes') }, action),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}
