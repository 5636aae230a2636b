// The gate of a service's player. The player itself is not drawn here: it would ask that service.
import type { Entry } from '../../gallery/entries';
import EmbedGate from './EmbedGate.svelte';

const acts = { onload: () => undefined, onrefuse: () => undefined, onagain: () => undefined };

const entries: Entry[] = [
  { id: 'embed-gate', component: EmbedGate, part: true, props: { service: 'youtube', ...acts } },
  { id: 'embed-refused', component: EmbedGate, part: true, props: { service: 'youtube', answer: 'refused', ...acts } },
  { id: 'embed-withdrawn', component: EmbedGate, part: true, props: { service: 'youtube', answer: 'withdrawn', ...acts } },
];

export default entries;
