import { describe, expect, it } from 'vitest';
import { isLoopback, refuseForeign } from './refuse-foreign.ts';

const nobodyElse = { hosts: [], origins: [] };

describe('refuseForeign', () => {
  it.each(['127.0.0.1:62889', 'localhost:80', 'LOCALHOST', '[::1]:62889'])('lets the host %s in', (host) => {
    expect(() => refuseForeign({ host }, nobodyElse)).not.toThrow();
  });

  it.each(['evil.example:62889', '127.0.0.1.evil.example', '', 'user@evil.example', '10.0.0.1'])(
    'keeps the host "%s" out',
    (host) => {
      expect(() => refuseForeign({ host }, nobodyElse)).toThrow('is not this machine');
    },
  );

  it('lets pages of this machine in, and keeps others out', () => {
    const host = '127.0.0.1:62889';
    expect(() => refuseForeign({ host, origin: 'http://localhost:3000' }, nobodyElse)).not.toThrow();
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      expect(() => refuseForeign({ host, origin }, nobodyElse)).toThrow('The Origin');
    }
  });
});

describe('refuseForeign with allowed names', () => {
  const names = { hosts: ['oatty.example.com'], origins: ['https://app.example.com'] };

  it.each(['oatty.example.com', 'OATTY.example.com:8443', '127.0.0.1'])('lets the host %s in', (host) => {
    expect(() => refuseForeign({ host }, names)).not.toThrow();
  });

  it('takes an origin only as it was allowed', () => {
    const host = 'oatty.example.com';
    expect(() => refuseForeign({ host, origin: 'https://app.example.com' }, names)).not.toThrow();
    for (const origin of [
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://oatty.example.com',
    ]) {
      expect(() => refuseForeign({ host, origin }, names)).toThrow('The Origin');
    }
  });
});

describe('isLoopback', () => {
  it('knows the addresses that only this machine reaches', () => {
    expect(['127.0.0.1', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '192.168.1.2', 'example.com'].some(isLoopback)).toBe(false);
  });
});
