// Asks the server what a text with a link in it points at. What a link is, only the server knows.
import { referenceOf } from '../api/problem';
import { readEvents } from './events';

export type Found =
  | { kind: 'page'; id: string }
  /** The server's own sentences. */
  | { kind: 'refused'; title: string; next: string; reference: string | null }
  /** No answer: this device is offline, the server is away, or it takes too long. */
  | { kind: 'unanswered' };

/** The server finds out within 2.5 s what a link is; the rest is for slow networks. */
const ANSWER_MAX_MS = 15_000;

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Waits until it is known what `text` points at, not for the other services. */
export async function findPage(text: string, language: string, ended: AbortSignal, ask: Fetch = fetch): Promise<Found> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(ANSWER_MAX_MS)]);
  try {
    const response = await ask(`/api/v1/links?lang=${language}`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal,
    });
    return response.ok ? await firstPage(response) : await refusal(response);
  } catch {
    return { kind: 'unanswered' };
  }
}

async function firstPage({ body }: Response): Promise<Found> {
  if (!body) return { kind: 'unanswered' };
  for await (const { name, data } of readEvents(body)) {
    if (name === 'identified') return { kind: 'page', id: (data as { page: { id: string } }).page.id };
  }
  return { kind: 'unanswered' };
}

/** A problem response (RFC 9457). Anything else that fails comes from somewhere between here and the server. */
async function refusal(response: Response): Promise<Found> {
  const problem = (await response.json()) as Record<string, unknown>;
  const { title, detail } = problem;
  if (typeof title !== 'string' || typeof detail !== 'string') return { kind: 'unanswered' };
  return { kind: 'refused', title, next: detail, reference: referenceOf(problem) };
}
