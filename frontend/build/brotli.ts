// A brotli copy beside each text of the built front end. The server hands it out as it is and never compresses.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXTS = /\.(html|js|css|svg|json|webmanifest|txt)$/;
const compress = promisify(brotliCompress);
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

export function brotli(): Plugin {
  let folder = '';
  return {
    name: 'unisono-brotli',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = await readdir(folder, { recursive: true });
        await Promise.all(files.filter((file) => TEXTS.test(file)).map((file) => copy(join(folder, file))));
      },
    },
  };
}

async function copy(file: string): Promise<void> {
  await writeFile(`${file}.br`, await compress(await readFile(file), BEST));
}
