import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

describe('sha256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('gives the digest of the standard for %j', (text, hex) => {
    expect(toHex(sha256(text))).toBe(hex);
  });

  it('agrees with the platform for every length up to three blocks', () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = '😀ü'.repeat(length).slice(0, length);
      expect(toHex(sha256(text))).toBe(createHash('sha256').update(text.toWellFormed()).digest('hex'));
    }
  });
});

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
