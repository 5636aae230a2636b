/** The servers that help peers to find a path, and how long their credentials hold. Pure. */
import type { IceServer } from './wire';

const MARGIN_S = 120;

/** Whether relay credentials end within two minutes. Their name begins with the second at which they end. */
export function endsSoon(servers: readonly IceServer[], now_ms: number): boolean {
  const ends = servers.flatMap((server) => {
    const second = Number.parseInt(server.username ?? '', 10);
    return Number.isFinite(second) ? [second] : [];
  });
  return ends.some((second) => second - now_ms / 1000 < MARGIN_S);
}

/** The same servers as browsers want to hear of them: without empty fields. */
export function browserServers(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => (username && credential ? { urls, username, credential } : { urls }));
}
