/** The secret of an invite behind the `#` of a room's link, so that no server on the way reads it. */

const INVITE = /^invite=([\w.~-]+)$/;

export function inviteIn(fragment: string | null): string | null {
  return INVITE.exec(fragment ?? '')?.[1] ?? null;
}

export function withInvite(link: string, token: string): string {
  return `${link}#invite=${token}`;
}
