import { describe, expect, it } from 'vitest';
import { isLoopback, refuseForeign } from './refuse-foreign.ts';

describe('refuseForeign', () => {
  it.each(['127.0.0.1:62889', 'localhost:80', 'LOCALHOST', '[::1]:62889'])('lets the host %s in', (host) => {
    expect(() => refuseForeign({ host })).not.toThrow();
  });

  it.each(['evil.example:62889', '127.0.0.1.evil.example', '', 'user@evil.example', '10.0.0.1'])(
    'keeps the host "%s" out',
    (host) => {
      expect(() => refuseForeign({ host })).toThrow('is not this machine');
    },
  );

  it('lets pages of this machine in, and keeps others out', () => {
    const host = '127.0.0.1:62889';
    expect(() => refuseForeign({ host, origin: 'http://localhost:3000' })).not.toThrow();
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      expect(() => refuseForeign({ host, origin })).toThrow('The Origin');
    }
  });
});

describe('isLoopback', () => {
  it('knows the addresses that only this machine reaches', () => {
    expect(['127.0.0.1', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '192.168.1.2', 'example.com'].some(isLoopback)).toBe(false);
  });
});
