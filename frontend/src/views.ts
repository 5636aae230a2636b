// The views, each fetched together with its texts when its address is opened.
import type { Component } from 'svelte';
import type { Catalogue } from './i18n/catalogues';
import { i18n } from './i18n/i18n.svelte';
import type { Route, RouteName } from './router/route';

/** A view is given the route that led to it. */
export type View = Component<{ route: Route; password?: string }>;

/** What has become of the wish to open a view. */
export type Opened = { kind: 'opening' } | { kind: 'open'; view: View } | { kind: 'failed' };

/** Where a view and its texts are. */
interface ViewSource {
  file: string;
  catalogues: Catalogue[];
}

/** What is drawn: the view of the address, or the page that says that the server did not answer. */
export type ViewName = RouteName | 'offline';

const SOURCES: Record<ViewName, ViewSource> = {
  home: { file: 'Home', catalogues: ['common', 'home'] },
  cast: { file: 'Cast', catalogues: ['common', 'cast', 'session'] },
  listen: { file: 'Listen', catalogues: ['common', 'listen', 'session'] },
  room: { file: 'Room', catalogues: ['common', 'listen', 'room', 'embed', 'session'] },
  gallery: { file: 'Gallery', catalogues: ['common'] },
  account: { file: 'Account', catalogues: ['common'] },
  offline: { file: 'Offline', catalogues: ['common', 'home'] },
  'not-found': { file: 'NotFound', catalogues: ['common', 'home'] },
};

/** A view; one that stands for several fetches the one that the address asks for. */
interface ViewModule {
  default: View;
  open?(): Promise<View>;
}

const modules = import.meta.glob<ViewModule>('./views/*.svelte');

/** Never fails: the page says so itself when a view did not arrive. */
export async function openView(name: ViewName): Promise<Opened> {
  const { file, catalogues } = SOURCES[name];
  const read = modules[`./views/${file}.svelte`];
  if (!read) throw new Error(`no view ${file}`);
  try {
    const [view] = await Promise.all([read().then((module) => module.open?.() ?? module.default), i18n.need(...catalogues)]);
    return { kind: 'open', view };
  } catch {
    return { kind: 'failed' };
  }
}
