import type { Account } from './wire';

/** Whether only one way in is left, so that losing it would lose the account. A mailed code counts as one. */
export function isLastWayIn({ email, ways_in: { has_password, passkeys, identities } }: Account): boolean {
  return Number(Boolean(email)) + Number(has_password) + passkeys + identities <= 1;
}
