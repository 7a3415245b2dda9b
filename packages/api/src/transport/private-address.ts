/** Which addresses belong to this machine or to a private network: loopback, link-local, private, reserved. */

/** Loaded once, when first needed. */
export async function loadPrivateAddressCheck(): Promise<(address: string) => boolean> {
  loading ??= createCheck();
  return loading;
}

/** Whether a host is one of these itself, or resolves to one. A name that does not resolve is not private. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const isPrivate = await loadPrivateAddressCheck();
  const host = toBareHost(hostname);
  const { isIP } = await import('node:net');
  if (isIP(host) !== 0) return isPrivate(host);
  const { lookup } = await import('node:dns/promises');
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.some(({ address }) => isPrivate(address));
}

/** `[::1]`, as URLs write it → `::1` */
export function toBareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

// --- internal ---

let loading: Promise<(address: string) => boolean> | undefined;

const ranges4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const ranges6 = [
  ['::', 128],
  ['::1', 128],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

/** IPv6 prefixes that carry an IPv4 address: mapped, and translated by NAT64. */
const carriers = ['::ffff:', '64:ff9b::'];

async function createCheck(): Promise<(address: string) => boolean> {
  const { BlockList, isIPv6 } = await import('node:net');
  const list = new BlockList();
  for (const [network, bits] of ranges6) list.addSubnet(network, bits, 'ipv6');
  for (const [network, bits] of ranges4) {
    list.addSubnet(network, bits, 'ipv4');
    for (const carrier of carriers) list.addSubnet(carrier + network, 96 + bits, 'ipv6');
  }
  return (address) => {
    const bare = address.split('%', 1)[0] ?? address; // `fe80::1%eth0`
    return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  };
}
