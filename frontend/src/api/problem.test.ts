import { expect, test } from 'vitest';
import { readReference, referenceToShow } from './problem';

test('a reference is shown where the server failed, not where a person can mend it', () => {
  const reference = 'UNI-7F3K-92QD-MX0A-V5RT';
  expect(referenceToShow({ status: 500, reference })).toBe(reference);
  expect(referenceToShow({ status: 503, reference })).toBe(reference);
  expect(referenceToShow({ status: 403, reference })).toBeNull();
  expect(referenceToShow({ status: 502 })).toBeNull();
  expect(referenceToShow({ reference })).toBeNull();
});

test('an address can bring a reference and no other words', () => {
  expect(readReference('UNI-7F3K-92QD-MX0A-V5RT')).toBe('UNI-7F3K-92QD-MX0A-V5RT');
  for (const other of [null, '', 'call 555 0100', 'UNI-7F3K-92QD-MX0A-V5RT call us']) expect(readReference(other)).toBeNull();
});
