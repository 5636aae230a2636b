/** The places in a browser where a page keeps things: what is there, and how to take it away. */

/** One place, by the name that the data inventory has for it. */
export interface Store {
  /** The value; `true` where something is kept that only the browser reads; `null` where nothing is. */
  read(name: string): Promise<string | true | null>;
  clear(name: string): Promise<void>;
}

const shelf = (storage: () => Storage): Store => ({
  read: async (name) => storage().getItem(name),
  clear: async (name) => storage().removeItem(name),
});

const databases: Store = {
  read: async (name) => {
    const known = await indexedDB.databases();
    return known.some((database) => database.name === name) ? true : null;
  },
  clear: (name) =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(asked.error);
      // Another tab has it open: it goes once that tab is closed.
      asked.onblocked = () => resolve();
    }),
};

const cached: Store = {
  read: async (name) => ((await caches.has(name)) ? true : null),
  clear: async (name) => void (await caches.delete(name)),
};

/** By the kinds of the inventory. */
export const STORES: Record<string, Store> = {
  local: shelf(() => localStorage),
  session: shelf(() => sessionStorage),
  'indexed-db': databases,
  cache: cached,
};

/** What one place holds under a name; nothing where the browser keeps it closed. */
export async function held(kind: string, name: string): Promise<string | true | null> {
  try {
    return (await STORES[kind]?.read(name)) ?? null;
  } catch {
    return null;
  }
}

/** Takes away what one place holds under a name. Says whether that worked. */
export async function clear(kind: string, name: string): Promise<boolean> {
  try {
    await STORES[kind]?.clear(name);
    return (await held(kind, name)) === null;
  } catch {
    return false;
  }
}
