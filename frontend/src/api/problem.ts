/** The fields of a problem response (RFC 9457), before anybody has looked at them. */
type Fields = Record<string, unknown>;

/**
 * The reference to show beside a refusal. Every refusal has one; what failed on the server only its operator can look into,
 * but what a person can mend needs no number.
 */
export function referenceToShow({ status, reference }: Fields): string | null {
  const failed = typeof status === 'number' && status >= 500;
  return failed && typeof reference === 'string' ? reference : null;
}

/** A reference from an address, where anybody could have written something else. */
export function readReference(text: string | null): string | null {
  return text !== null && /^UNI(-[0-9A-Z]{4}){4}$/.test(text) ? text : null;
}
