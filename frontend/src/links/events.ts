// Reads Server-Sent Events from an answer to POST, which `EventSource` cannot send.

export interface ServerEvent {
  name: string;
  data: unknown;
}

/** One event longer than this is no event of ours. */
const EVENT_LENGTH_MAX = 1_000_000;

/** Each whole event with its data as JSON (HTML standard, section 9.2.6; the server ends lines by a line feed). */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = readEvent(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
      if (text.length > EVENT_LENGTH_MAX) throw new Error('an event without end');
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** Nothing for a comment that only keeps the way open. */
function readEvent(block: string): ServerEvent | null {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return data.length > 0 ? { name, data: JSON.parse(data.join('\n')) as unknown } : null;
}
