/**
 * Which addresses belong to this machine or to a private network: loopback, link-local, private, reserved.
 *
 * Link-local ones are apart: nobody runs a service there, but cloud hosts tell credentials at such addresses.
 */

export type AddressCheck = (address: string) => boolean;

/** Loaded once, when first needed. */
export async function loadPrivateAddressCheck(): Promise<AddressCheck> {
  loadingPrivate ??= createCheck([...ranges4, ...linkLocal4], [...ranges6, ...linkLocal6]);
  return loadingPrivate;
}

/** The same for link-local addresses, and for others at which cloud hosts tell credentials. */
export async function loadLinkLocalAddressCheck(): Promise<AddressCheck> {
  loadingLinkLocal ??= createCheck(linkLocal4, linkLocal6);
  return loadingLinkLocal;
}

/** Whether a host is one of these itself, or resolves to one. A name that does not resolve is not private. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  return isHostAmong(hostname, await loadPrivateAddressCheck());
}

/** The same for link-local addresses. */
export async function isLinkLocalHost(hostname: string): Promise<boolean> {
  return isHostAmong(hostname, await loadLinkLocalAddressCheck());
}

/** `[::1]`, as URLs write it → `::1` */
export function toBareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

// --- internal ---

type Range = readonly [network: string, bits: number];

let loadingPrivate: Promise<AddressCheck> | undefined;
let loadingLinkLocal: Promise<AddressCheck> | undefined;

const linkLocal4: readonly Range[] = [
  ['169.254.0.0', 16],
  ['168.63.129.16', 32],
  ['100.100.100.200', 32],
];

const linkLocal6: readonly Range[] = [
  ['fe80::', 10],
  ['fd00:ec2::254', 128],
];

const ranges4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const ranges6: readonly Range[] = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:20::', 28],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** IPv6 prefixes that carry an IPv4 address: mapped, compatible (deprecated), and translated by SIIT or NAT64. */
const carriers = ['::ffff:', '::', '::ffff:0:', '64:ff9b::'];

async function isHostAmong(hostname: string, isAmong: AddressCheck): Promise<boolean> {
  const host = toBareHost(hostname);
  const { isIP } = await import('node:net');
  if (isIP(host) !== 0) return isAmong(host);
  const { lookup } = await import('node:dns/promises');
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.some(({ address }) => isAmong(address));
}

async function createCheck(networks4: readonly Range[], networks6: readonly Range[]): Promise<AddressCheck> {
  const { BlockList, isIPv6 } = await import('node:net');
  const list = new BlockList();
  for (const [network, bits] of networks6) list.addSubnet(network, bits, 'ipv6');
  for (const [network, bits] of networks4) {
    list.addSubnet(network, bits, 'ipv4');
    for (const carrier of carriers) list.addSubnet(carrier + network, 96 + bits, 'ipv6');
  }
  return (address) => {
    const bare = address.split('%', 1)[0] ?? address; // `fe80::1%eth0`
    return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  };
}
