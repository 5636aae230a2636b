// The field of Home, tied to this browser and to the server that the page came from.
import { i18n } from '../i18n/i18n.svelte';
import { linkPage } from '../links/address';
import { findPage } from '../links/find';
import { router } from '../router/page';
import type { Route } from '../router/route';
import { Join } from './join.svelte';

/** `go` is how a room is opened: in this document, unless a view needs a new one. */
export function joinHere(text: string | null, go: (route: Route) => void = router.go): Join {
  return new Join(
    {
      origin: location.origin,
      go,
      leave: (address, inPlace) => (inPlace ? location.replace(address) : location.assign(address)),
      find: (wish, ended) => findPage(wish, i18n.locale, ended),
      pageOf: linkPage,
    },
    text,
  );
}
