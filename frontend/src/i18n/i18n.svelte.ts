// The texts of the page in the chosen language.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { readCatalogue, type Catalogue } from './catalogues';
import type { Messages } from './messages.gen';
import { direction, PSEUDO, type Locale } from './negotiate';

export type MessageId = keyof Messages;

/** The arguments of a message; their names are checked against the English catalogue. */
export type MessageArguments<Id extends MessageId> = [Messages[Id]] extends [never]
  ? []
  : [args: Record<Messages[Id], FluentVariable>];

/** A message with its arguments, to be shown later: what state classes hand to components. */
export type Message = { [Id in MessageId]: { id: Id; args: MessageArguments<Id> } }[MessageId];

type ReadCatalogue = (locale: Locale, catalogue: Catalogue) => Promise<string>;

export class I18n {
  locale = $state<Locale>('en');
  direction = $derived(direction(this.locale));
  #bundle = $state.raw(new FluentBundle('en'));
  #catalogues = new Set<Catalogue>();
  #wanted: Locale = 'en';
  #refreshes = 0;
  #ready: Promise<void> = Promise.resolve();

  constructor(private readonly read: ReadCatalogue) {}

  /** Changes the language once everything shown so far is there in it. */
  speak(locale: Locale): Promise<void> {
    this.#wanted = locale;
    return this.#refresh();
  }

  /** Makes the messages of `catalogues` ready. */
  async need(...catalogues: Catalogue[]): Promise<void> {
    const missing = catalogues.filter((catalogue) => !this.#catalogues.has(catalogue));
    for (const catalogue of missing) this.#catalogues.add(catalogue);
    try {
      await (missing.length > 0 ? this.#refresh() : this.#ready);
    } catch (error) {
      for (const catalogue of missing) this.#catalogues.delete(catalogue);
      throw error;
    }
  }

  /** The text of a message. Reactive: it changes with the language. */
  t = <Id extends MessageId>(id: Id, ...[args]: MessageArguments<Id>): string => {
    const pattern = this.#bundle.getMessage(id)?.value;
    return pattern ? this.#bundle.formatPattern(pattern, args ?? null, []) : id;
  };

  /** The text of a message that a state class made. */
  say = (message: Message): string => {
    const pattern = this.#bundle.getMessage(message.id)?.value;
    return pattern ? this.#bundle.formatPattern(pattern, message.args[0] ?? null, []) : message.id;
  };

  /** Loads what is wanted now. Whoever waits for an older wish waits for this one instead, since it holds the same and more. */
  #refresh(): Promise<void> {
    const locale = this.#wanted;
    const refresh = ++this.#refreshes;
    this.#ready = this.#load(locale, [...this.#catalogues]).then((bundle) => {
      if (refresh !== this.#refreshes) return this.#ready;
      this.#bundle = bundle;
      this.locale = locale;
    });
    return this.#ready;
  }

  async #load(locale: Locale, catalogues: readonly Catalogue[]): Promise<FluentBundle> {
    const transform = locale === PSEUDO ? (await import('./pseudo')).pseudo : undefined;
    const bundle = new FluentBundle(locale, transform ? { transform } : {});
    const sources = await Promise.all(catalogues.map((catalogue) => this.read(locale, catalogue)));
    for (const source of sources) bundle.addResource(new FluentResource(source));
    return bundle;
  }
}

export const i18n = new I18n(readCatalogue);
export const t = i18n.t;
export const say = i18n.say;
