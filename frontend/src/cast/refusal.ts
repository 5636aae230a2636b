import type { SocketEnd } from './signalling';
import type { FingerprintFault } from './verify';
import type { ErrorCode } from './wire';

/** Why there is no sound and will be none without the person. */
export type Refusal =
  | { why: ErrorCode | SocketEnd; retry_at: number | null; reference: string | null }
  | { why: 'fingerprint'; fault: FingerprintFault }
  /** Another device offers than the one whose words the person compared. */
  | { why: 'changed' }
  /** The link carries something that is no secret: going on without it is the person's decision. */
  | { why: 'cut-link' }
  | { why: 'differ'; how: 'proof' | 'commitment' | 'words' };
