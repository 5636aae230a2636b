// Writes `src/i18n/messages.gen.ts`: the name of every message and of the arguments it takes, from the English catalogues.
import { FluentParser, Visitor } from '@fluent/syntax';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const ENGLISH = new URL('../../locales/en/', import.meta.url);
const OUTPUT = new URL('../src/i18n/messages.gen.ts', import.meta.url);
const SERVER_ONLY = ['centre.ftl', 'link.ftl', 'rooms.ftl', 'refusals.ftl', 'mail.ftl', 'privacy.ftl', 'pricing.ftl'];

class Arguments extends Visitor {
  names = new Set();
  visitVariableReference(node) {
    this.names.add(node.id.name);
  }
}

function messagesOf(source) {
  const { body } = new FluentParser({ withSpans: false }).parse(source);
  const junk = body.find((entry) => entry.type === 'Junk');
  if (junk) throw new Error(`not Fluent: ${junk.content}`);
  return body
    .filter((entry) => entry.type === 'Message')
    .map((entry) => {
      const found = new Arguments();
      found.visit(entry);
      return { id: entry.id.name, names: [...found.names].sort() };
    });
}

const files = (await readdir(ENGLISH)).filter((file) => file.endsWith('.ftl') && !SERVER_ONLY.includes(file)).sort();
const messages = [];
for (const file of files) {
  messages.push(...messagesOf(await readFile(new URL(file, ENGLISH), 'utf8')));
}
const lines = messages
  .sort((one, other) => (one.id < other.id ? -1 : 1))
  .map(({ id, names }) => `  '${id}': ${names.length ? names.map((name) => `'${name}'`).join(' | ') : 'never'};`);
await writeFile(
  OUTPUT,
  `// Made from locales/en by scripts/messages.mjs.\n\n/** Each message, and the names of its arguments. */\nexport interface Messages {\n${lines.join('\n')}\n}\n`,
);
