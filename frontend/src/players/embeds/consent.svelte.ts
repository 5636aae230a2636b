/** Which services' players the person has allowed to load on this device. Kept here, told to nobody. */
import { browserKeep, type Keep, STORED } from '../../state/storage';

/** Services that have a player of their own. */
export const SERVICES = ['youtube'] as const;
export type EmbedService = (typeof SERVICES)[number];

export class Consent {
  /** When each was allowed, as ISO 8601. */
  private given = $state.raw<Partial<Record<EmbedService, string>>>({});

  constructor(
    private readonly keep: Keep = browserKeep,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.given = readGiven(keep.read(STORED.embeds));
  }

  has(service: EmbedService): boolean {
    return this.given[service] !== undefined;
  }

  /** When it was allowed. */
  since(service: EmbedService): Date | null {
    const since = this.given[service];
    return since === undefined ? null : new Date(since);
  }

  allow(service: EmbedService): void {
    if (this.has(service)) return;
    this.write({ ...this.given, [service]: this.now().toISOString() });
  }

  withdraw(service: EmbedService): void {
    const { [service]: _, ...rest } = this.given;
    this.write(rest);
  }

  private write(given: Partial<Record<EmbedService, string>>): void {
    this.given = given;
    this.keep.write(STORED.embeds, Object.keys(given).length === 0 ? null : JSON.stringify(given));
  }
}

/** What is not certainly a word that was given is none. */
function readGiven(text: string | null): Partial<Record<EmbedService, string>> {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof kept !== 'object' || kept === null) return {};
  const words = new Map<string, unknown>(Object.entries(kept));
  const given = SERVICES.flatMap((service) => {
    const since = words.get(service);
    return typeof since === 'string' && !Number.isNaN(Date.parse(since)) ? [[service, since] as const] : [];
  });
  return Object.fromEntries(given);
}
