/** What a person does in a room, and what is said about it: granted, refused, and how to take it back. */
import { t } from '../../i18n/i18n.svelte';
import type { Guards, Outcome } from '../../room/commands';
import type { RoomCommand } from '../../room/wire';
import type { Act } from './model';
import { rejectionText } from './texts';

export interface Note {
  tone: 'plain' | 'bad';
  text: string;
  /** The event that can be undone. */
  undo: number | null;
}

export class Deeds {
  note = $state.raw<Note | null>(null);

  constructor(
    private readonly say: (command: RoomCommand, guards?: Guards) => Promise<Outcome>,
    private readonly announce: (text: string) => void,
  ) {}

  act: Act = async (command, { guards, done, undo = false } = {}) => {
    const outcome = await this.say(command, guards);
    if (outcome.answer === 'reject') this.refused(outcome);
    else if (done !== undefined) this.tell({ tone: 'plain', text: done, undo: undo ? outcome.seq : null });
    return outcome;
  };

  /** Says why something was not done. */
  refused(outcome: Extract<Outcome, { answer: 'reject' }>): void {
    this.tell({ tone: 'bad', text: rejectionText(outcome), undo: null });
  }

  undo(): void {
    const seq = this.note?.undo ?? null;
    if (seq !== null) void this.act({ do: 'undo', seq }, { done: t('room-undone') });
  }

  close(): void {
    this.note = null;
  }

  private tell(note: Note): void {
    // What can't be undone and went well is heard, and seen by what it did.
    this.note = note.tone === 'plain' && note.undo === null ? null : note;
    this.announce(note.text);
  }
}
