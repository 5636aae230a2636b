import { addressOf, needsFullLoad, parseRoute, type Route } from './route';

/** The parts of the browser that a change of address needs. */
export interface Browser {
  address(): URL;
  push(address: string): void;
  replace(address: string): void;
  load(address: string): void;
}

export class Router {
  route = $state.raw<Route>({ name: 'home', text: null });

  constructor(private readonly browser: Browser) {
    this.route = parseRoute(browser.address());
  }

  /** Goes to `route`: in this document where that is enough, else by loading a new one. */
  go = (route: Route): void => {
    const address = addressOf(route);
    if (needsFullLoad(this.route, route)) {
      this.browser.load(address);
      return;
    }
    this.browser.push(address);
    this.route = route;
  };

  /** The page that is shown is `route` from now on: Back leads to the one before it. */
  replace(route: Route): void {
    this.browser.replace(addressOf(route));
    this.route = route;
  }

  /** Follows a link if it leads to a view of this document; says whether it did. */
  follow(url: URL): boolean {
    const route = parseRoute(url);
    if (url.origin !== this.browser.address().origin || needsFullLoad(this.route, route)) return false;
    this.go(route);
    return true;
  }

  /** The address changed by itself: back, forward, or an edited fragment. */
  arrive(): void {
    this.route = parseRoute(this.browser.address());
  }
}
