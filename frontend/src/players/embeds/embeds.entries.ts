// The gate of a service's player. The player itself is not drawn here: it would ask that service.
import type { Entry } from '../../gallery/entries';
import EmbedGate from './EmbedGate.svelte';

const acts = { onload: () => undefined, onrefuse: () => undefined, onagain: () => undefined };

const entries: Entry[] = [
  { id: 'embed-gate', component: EmbedGate, part: true, props: { subject: { kind: 'service', name: 'youtube' }, ...acts } },
  { id: 'embed-refused', component: EmbedGate, part: true, props: { subject: { kind: 'service', name: 'youtube' }, answer: 'refused', ...acts } },
  { id: 'embed-withdrawn', component: EmbedGate, part: true, props: { subject: { kind: 'service', name: 'youtube' }, answer: 'withdrawn', ...acts } },
  { id: 'embed-gate-host', component: EmbedGate, part: true, props: { subject: { kind: 'host', name: 'a-host-with-a-name-as-long-as-names-are.sound.example:8443' }, ...acts } },
  { id: 'embed-spotify', component: EmbedGate, part: true, props: { subject: { kind: 'service', name: 'spotify' }, ...acts } },
  { id: 'embed-spotify-waits', component: EmbedGate, part: true, props: { subject: { kind: 'service', name: 'spotify' }, is_waiting: true, ...acts } },
];

export default entries;
