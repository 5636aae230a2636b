/** What a listening device keeps: how much later it plays, and the way back into its room after a reload. */
import { NUDGE_KEY, RESUME_KEY } from './storage-keys';

export function keptNudge(): number {
  const kept = Number.parseInt(read(() => localStorage.getItem(NUDGE_KEY)) ?? '', 10);
  return Number.isFinite(kept) && kept >= 0 ? kept : 0;
}

export function keepNudge(ms: number): void {
  read(() => (ms === 0 ? localStorage.removeItem(NUDGE_KEY) : localStorage.setItem(NUDGE_KEY, String(ms))));
}

/** The token for the room `code`, if this tab was in it. */
export function keptResume(code: string): string | null {
  const [keptCode, token] = read(() => sessionStorage.getItem(RESUME_KEY))?.split(' ') ?? [];
  return keptCode === code && token ? token : null;
}

export function keepResume(code: string, token: string | null): void {
  read(() => (token === null ? sessionStorage.removeItem(RESUME_KEY) : sessionStorage.setItem(RESUME_KEY, `${code} ${token}`)));
}

/** Some browsers refuse storage; then nothing is kept. */
function read<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
