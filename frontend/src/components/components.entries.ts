// The shared components, each with the states that it has.
import Code from '../gallery/Code.svelte';
import Controls from '../gallery/Controls.svelte';
import type { Entry } from '../gallery/entries';
import Notices from '../gallery/Notices.svelte';
import OpenDialog from '../gallery/OpenDialog.svelte';
import PolicyChanged from '../gallery/PolicyChanged.svelte';
import Rooms from '../gallery/Rooms.svelte';
import QrScanner from './QrScanner.svelte';

const onresult = (): void => undefined;

const entries: Entry[] = [
  { id: 'controls', component: Controls, part: true },
  { id: 'notices', component: Notices, part: true },
  { id: 'policy-changed', component: PolicyChanged, part: true },
  { id: 'policy-not-noted', component: PolicyChanged, part: true, props: { isNotNoted: true } },
  { id: 'rooms', component: Rooms, part: true },
  { id: 'code', component: Code, part: true },
  { id: 'scanner-asking', component: QrScanner, part: true, props: { onresult, shown: 'asking' } },
  { id: 'scanner-refused', component: QrScanner, part: true, props: { onresult, shown: 'refused' } },
  { id: 'scanner-absent', component: QrScanner, part: true, props: { onresult, shown: 'absent' } },
  { id: 'scanner-insecure', component: QrScanner, part: true, props: { onresult, shown: 'insecure' } },
  { id: 'dialog', component: OpenDialog, part: true, alone: true },
];

export default entries;
