import { describe, expect, it } from 'vitest';
import { isLinkLocalHost, isPrivateHost } from './private-address.ts';

describe('isPrivateHost', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[fc00::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a00:1]',
    '[::a00:1]',
    '[2002:a00:1::]',
    '[::ffff:0:a00:1]',
    '[64:ff9b:1::1]',
    '[3fff::1]',
    '[5f00::1]',
    '192.88.99.1',
    'localhost',
  ])('knows that %s is', async (host) => {
    expect(await isPrivateHost(host)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '100.128.0.1',
    '172.32.0.1',
    '[2606:4700::1111]',
    '[64:ff9b::101:101]',
    '[::ffff:1.1.1.1]',
    'name.invalid',
  ])('knows that %s is not', async (host) => {
    expect(await isPrivateHost(host)).toBe(false);
  });
});

describe('isLinkLocalHost', () => {
  it.each([
    ['169.254.169.254', true],
    ['[::ffff:169.254.169.254]', true],
    ['[fe80::1%25eth0]', true],
    ['[fd00:ec2::254]', true],
    ['100.100.100.200', true],
    ['127.0.0.1', false],
    ['10.0.0.1', false],
    ['localhost', false],
  ])('says of %s: %s', async (host, expected) => {
    expect(await isLinkLocalHost(host)).toBe(expected);
  });
});
