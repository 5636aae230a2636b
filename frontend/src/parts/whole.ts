// A page with its parts as markup, each part a tree of its own when the browser takes it over.
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { undrawn } from './parts';

export interface Whole {
  head: string;
  body: string;
}

export function drawWhole<Props extends Record<string, any>>(page: Component<Props>, props: Props): Whole {
  undrawn.length = 0;
  let { head, body } = render(page as Component, { props });
  // Parts may hold parts.
  for (const [index, { component, props }] of undrawn.entries()) {
    const place = new RegExp(`<div data-part="${index}"[^>]*>`);
    if (!place.test(body)) throw new Error(`part ${index} has no place`);
    const drawn = render(component, { props, idPrefix: `p${index}` });
    head += drawn.head;
    body = body.replace(place, (start) => start + drawn.body);
  }
  return { head, body };
}
