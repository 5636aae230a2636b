/** Asks the person about others before anything is asked of them, and does as they say, at once. */

/** What the person said last on this page; what was said before holds on this device. */
export type Said = 'none' | 'refused' | 'withdrawn';

export class Asking<Name extends string> {
  /** The person said "not now" on this page. */
  refused = $state.raw<readonly Name[]>([]);
  /** Taken back on this page. */
  withdrawn = $state.raw<readonly Name[]>([]);

  constructor(readonly consent: { has(name: Name): boolean; since(name: Name): Date | null; allow(name: Name): void; withdraw(name: Name): void }) {}

  answer(name: Name): Said {
    if (this.refused.includes(name)) return 'refused';
    return this.withdrawn.includes(name) ? 'withdrawn' : 'none';
  }

  allow(name: Name): void {
    this.consent.allow(name);
    this.askAgain(name);
  }

  refuse(name: Name): void {
    this.refused = [...this.refused, name];
  }

  askAgain(name: Name): void {
    this.refused = this.refused.filter((one) => one !== name);
    this.withdrawn = this.withdrawn.filter((one) => one !== name);
  }

  withdraw(name: Name): void {
    this.consent.withdraw(name);
    this.withdrawn = [...this.withdrawn, name];
  }
}

/** The host of an address that sounds, as people read it; `null` for what is none that may be played. */
export function soundHost(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' ? url.host : null;
  } catch {
    return null;
  }
}
