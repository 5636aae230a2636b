import { expect, test } from 'vitest';
import { readReference, referenceOf } from './problem';

test('every refusal is shown with its reference', () => {
  const reference = 'UNI-7F3K-92QD-MX0A-V5RT';
  for (const status of [401, 403, 422, 429, 500, 503]) expect(referenceOf({ status, reference })).toBe(reference);
  expect(referenceOf({ status: 502 })).toBeNull();
  expect(referenceOf({ status: 502, reference: 7 })).toBeNull();
});

test('an address can bring a reference and no other words', () => {
  expect(readReference('UNI-7F3K-92QD-MX0A-V5RT')).toBe('UNI-7F3K-92QD-MX0A-V5RT');
  for (const other of [null, '', 'call 555 0100', 'UNI-7F3K-92QD-MX0A-V5RT call us']) expect(readReference(other)).toBeNull();
});
