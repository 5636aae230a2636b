/** A change of the policy that this person has still to see. */
import type { components } from '../api/schema.gen';

export type PolicyChange = components['schemas']['PolicyNoticeView'];
type Answer = components['schemas']['PolicyNoticeAnswer'];

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const BASE = '/api/v1/privacy/notice';
/** Nobody waits for it. */
const ANSWER_MAX_MS = 30_000;

export class PolicyNews {
  change = $state.raw<PolicyChange | null>(null);
  /** The press did not reach the server: the notice stays. */
  isNotNoted = $state(false);
  isSending = $state(false);

  constructor(private readonly fetched: Fetch = (address, init) => fetch(address, init)) {}

  /** Asks whether there is one, and has it said in `language`. Without an answer there is none. */
  async look(language: string): Promise<void> {
    const response = await this.#ask(`${BASE}?lang=${language}`, {});
    if (response?.ok) this.change = ((await response.json().catch(() => ({ notice: null }))) as Answer).notice ?? null;
  }

  /** It was seen: it goes once the server knows, and so on every device. */
  async seen(): Promise<void> {
    if (this.change === null || this.isSending) return;
    const { policy } = this.change;
    this.isSending = true;
    const headers = { 'content-type': 'application/json' };
    const response = await this.#ask(`${BASE}/seen`, { method: 'POST', headers, body: JSON.stringify({ policy }) });
    this.isSending = false;
    this.isNotNoted = !response?.ok;
    if (response?.ok) this.change = null;
  }

  async #ask(address: string, init: RequestInit): Promise<Response | null> {
    try {
      return await this.fetched(address, { ...init, cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    } catch {
      return null;
    }
  }
}
