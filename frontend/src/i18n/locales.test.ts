// The catalogues of all languages say the same things with the same arguments, and nothing that nobody shows.
import { FluentParser, Visitor, type Message as FluentMessage, type VariableReference } from '@fluent/syntax';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from './negotiate';

const LOCALES = new URL('../../../locales/', import.meta.url);
const SOURCES = new URL('../', import.meta.url);
/** Shown by the server, and checked there. */
const SERVER_ONLY = ['centre.ftl', 'link.ftl', 'rooms.ftl', 'refusals.ftl', 'mail.ftl', 'pages.ftl', 'privacy.ftl', 'pricing.ftl'];

class Arguments extends Visitor {
  names = new Set<string>();

  override visitVariableReference(node: VariableReference): void {
    this.names.add(node.id.name);
  }
}

const files = (language: Language) => readdirSync(new URL(`${language}/`, LOCALES)).filter((file) => file.endsWith('.ftl') && !SERVER_ONLY.includes(file)).sort();
const read = (language: Language, file: string) => readFileSync(new URL(`${language}/${file}`, LOCALES), 'utf8');

/** Each message with its arguments, such as `common-version(version)`. */
function messages(language: Language): string[] {
  return files(language).flatMap((file) => {
    const { body } = new FluentParser().parse(read(language, file));
    expect(body.filter((entry) => entry.type === 'Junk'), `${language}/${file}`).toEqual([]);
    return body.filter((entry): entry is FluentMessage => entry.type === 'Message').map((message) => {
      const found = new Arguments();
      found.visit(message);
      return `${file}: ${message.id.name}(${[...found.names].sort().join()})`;
    });
  });
}

function sourceTexts(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sourceTexts(new URL(`${entry.name}/`, folder));
    const shown = /\.(ts|svelte)$/.test(entry.name) && !/\.(gen|test)\.ts$/.test(entry.name);
    return shown ? [readFileSync(new URL(entry.name, folder), 'utf8')] : [];
  });
}

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the catalogues in %s', (language) => {
  test('hold the messages and arguments of the English ones', () => {
    expect(files(language)).toEqual(files('en'));
    expect(messages(language).sort()).toEqual(messages('en').sort());
  });
});

test('no message is named twice', () => {
  const ids = messages('en').map((message) => message.replace(/^.*: |\(.*$/g, ''));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('whoever runs the server is called by one word in Arabic', () => {
  const catalogues = readdirSync(new URL('ar/', LOCALES)).map((file) => read('ar', file)).join('\n');
  expect(catalogues.match(/^.*(?:[يت]دير(?:ه(?!ا)| هذا الخادم| الخادم| \{ \$site \})|حساب المشرف).*$/gm)).toBeNull();
});

test('every message is shown somewhere', () => {
  const sources = sourceTexts(SOURCES).join('\n');
  const ids = messages('en').map((message) => message.replace(/^.*: |\(.*$/g, ''));
  expect(ids.filter((id) => !new RegExp(`['"\`]${id}['"\`]`).test(sources))).toEqual([]);
});

test.each(LANGUAGES)('plurals in %s hold for every number up to 30', (language) => {
  const bundle = new FluentBundle(language);
  bundle.addResource(new FluentResource(read(language, 'home.ftl')));
  const pattern = bundle.getMessage('home-unclear-short')?.value ?? '';
  for (let length = 1; length <= 30; length += 1) {
    const errors: Error[] = [];
    expect(bundle.formatPattern(pattern, { length }, errors)).not.toBe('');
    expect(errors).toEqual([]);
  }
});
