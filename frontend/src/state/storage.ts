// Everything this page keeps in the browser, by name. Reading and writing never fail: some browsers refuse storage.

export const STORED = {
  theme: 'unisono.theme',
  language: 'unisono.language',
  shortcuts: 'unisono.shortcuts',
  links: 'unisono.links',
  service: 'unisono.service',
  embeds: 'unisono.embeds',
  hosts: 'unisono.hosts',
} as const;
export type StoredKey = (typeof STORED)[keyof typeof STORED];

/** Where choices are kept: the browser's storage, or a map in a test. */
export interface Keep {
  read(key: StoredKey): string | null;
  write(key: StoredKey, value: string | null): void;
}

export const browserKeep: Keep = {
  read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // The choice holds until the page is closed.
    }
  },
};
