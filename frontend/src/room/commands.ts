/** Commands on their way: each is answered once, however often the socket is lost in between. */
import { randomBytes, toBase64Url } from '../cast/bytes';
import type { Answer, RejectCode, RoomCommand, RoomSaid } from './wire';

/** What became of a command. `unanswered`: the server was away too long. */
export type Outcome =
  | Extract<Answer, { answer: 'ok' }>
  | { answer: 'reject'; code: RejectCode | 'unanswered'; retry_after_ms: number | null };

/** What a command counts on. */
export interface Guards {
  /** Only if this is what is on. */
  if_item?: string;
}

/** Commands that wait for their answer at most; a person has no more in flight. */
const WAITING_MAX = 64;
/** After this the answer is no longer waited for. */
const ANSWER_MAX_MS = 30_000;
/** 96 bits: unique among all that one person ever says. */
const ID_BYTES = 12;

export interface CommandWorld {
  send(said: RoomSaid): void;
  later(run: () => void, ms: number): () => void;
  newId(): string;
}

interface Waiting {
  said: RoomSaid;
  resolve: (outcome: Outcome) => void;
  cancel: () => void;
}

export class Commands {
  private readonly waiting = new Map<string, Waiting>();
  /** The room hears what is sent. */
  private isInside = false;

  constructor(private readonly world: CommandWorld) {}

  /** Never rejects: a refusal is an outcome. */
  say(command: RoomCommand, guards: Guards = {}): Promise<Outcome> {
    if (this.waiting.size >= WAITING_MAX) return Promise.resolve(unanswered());
    const said: RoomSaid = { cmd_id: this.world.newId(), command, ...guards };
    return new Promise((resolve) => {
      const cancel = this.world.later(() => this.settle(said.cmd_id, unanswered()), ANSWER_MAX_MS);
      this.waiting.set(said.cmd_id, { said, resolve, cancel });
      if (this.isInside) this.world.send(said);
    });
  }

  answered(id: string, answer: Answer): void {
    if (answer.answer === 'ok') this.settle(id, answer);
    else this.settle(id, { answer: 'reject', code: answer.code, retry_after_ms: answer.retry_after_ms ?? null });
  }

  /** In the room, again or for the first time: what has no answer is said once more, under the same name. */
  entered(): void {
    this.isInside = true;
    for (const { said } of this.waiting.values()) this.world.send(said);
  }

  /** The socket is gone. */
  lost(): void {
    this.isInside = false;
  }

  /** Nobody will answer any more. */
  close(): void {
    this.isInside = false;
    for (const id of [...this.waiting.keys()]) this.settle(id, unanswered());
  }

  private settle(id: string, outcome: Outcome): void {
    const one = this.waiting.get(id);
    if (!one) return;
    this.waiting.delete(id);
    one.cancel();
    one.resolve(outcome);
  }
}

export function newCommandId(): string {
  return toBase64Url(randomBytes(ID_BYTES));
}

function unanswered(): Outcome {
  return { answer: 'reject', code: 'unanswered', retry_after_ms: null };
}
