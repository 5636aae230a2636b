/** Where somebody wanted to go who had to sign in first. Only paths of this site lead anywhere. */
export function pathOf(to: string | null, origin: string, otherwise: string): string {
  if (!to?.startsWith('/')) return otherwise;
  try {
    const url = new URL(to, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : otherwise;
  } catch {
    return otherwise;
  }
}
