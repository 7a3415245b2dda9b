import { describe, expect, it } from 'vitest';
import { checkHost, createLookup, isLinkLocalAddress, isPublicAddress } from './check-address.ts';

describe('isPublicAddress', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '::1'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['link-local', '169.254.1.1'],
    ['the metadata service of most clouds', '169.254.169.254'],
    ['a metadata service at a public-looking address', '168.63.129.16'],
    ['shared by a carrier', '100.100.100.200'],
    ['unspecified', '0.0.0.0'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['multicast', 'ff02::1'],
    ['unique local', 'fd00:ec2::254'],
    ['IPv4 loopback inside IPv6', '::ffff:127.0.0.1'],
    ['IPv4 loopback in the deprecated form', '::127.0.0.1'],
    ['IPv4 loopback behind NAT64', '64:ff9b::7f00:1'],
    ['IPv4 loopback behind 6to4', '2002:7f00:1::'],
    ['no address', 'example.com'],
  ])('refuses an address that is %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '140.82.121.4', '2606:4700::6810:85e5'])('takes the public address %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('isLinkLocalAddress', () => {
  it.each([
    ['169.254.169.254', true],
    ['::ffff:169.254.169.254', true],
    ['fe80::1', true],
    ['fd00:ec2::254', true],
    ['100.100.100.200', true],
    ['168.63.129.16', true],
    ['127.0.0.1', false],
    ['10.0.0.1', false],
  ])('says of %s: %s', (address, expected) => {
    expect(isLinkLocalAddress(address)).toBe(expected);
  });
});

describe('checkHost', () => {
  it.each(['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://[::1]:8080/'])(
    'sees through the spelling of %s',
    (url) => {
      expect(() => checkHost(new URL(url))).toThrow(expect.objectContaining({ code: 'ADDRESS_NOT_ALLOWED' }));
    },
  );

  it('leaves names to the look-up of the connection', () => {
    expect(() => checkHost(new URL('https://localhost/'))).not.toThrow();
  });
});

describe('createLookup', () => {
  it('judges a name by what it resolves to', async () => {
    const failure = await new Promise((resolve) =>
      createLookup(isPublicAddress)('localhost', {}, (error) => resolve(error)),
    );

    expect(failure).toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
      message: expect.stringContaining('localhost'),
    });
  });
});
