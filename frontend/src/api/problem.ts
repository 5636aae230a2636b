/** The fields of a problem response (RFC 9457), before anybody has looked at them. */
type Fields = Record<string, unknown>;

/** The reference to show beside a refusal: the server's log has the same. What is said beside a field goes without. */
export function referenceOf({ reference }: Fields): string | null {
  return typeof reference === 'string' ? reference : null;
}

/** A reference from an address, where anybody could have written something else. */
export function readReference(text: string | null): string | null {
  return text !== null && /^UNI(-[0-9A-Z]{4}){4}$/.test(text) ? text : null;
}
