/** @typedef {{ id: string, name: string, data: string }} StreamEvent */

/**
 * The events of a stream as the HTML standard has them (section 9.2.6, "Interpreting an event stream"). Leaving the loop
 * ends the request. An EventSource cannot send the access key, so this reads what `fetch` brings.
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} onBytes called when anything comes, a comment too
 * @returns {AsyncGenerator<StreamEvent, void>}
 */
export async function* eventsIn(body, onBytes) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let event = { id: '', name: 'message', data: '' };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') {
          event = withLine(event, line);
        } else if (event.data !== '') {
          yield event;
          event = { id: event.id, name: 'message', data: '' };
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** @param {StreamEvent} event @param {string} line @returns {StreamEvent} */
function withLine(event, line) {
  const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
  switch (field) {
    case 'id':
      return { ...event, id: value };
    case 'event':
      return { ...event, name: value };
    case 'data':
      return { ...event, data: event.data === '' ? value : `${event.data}\n${value}` };
    default:
      return event; // a comment, or what is of no use here
  }
}
