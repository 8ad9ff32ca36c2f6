/** Which IP addresses are of the public internet: what people's own addresses may lead to, and nothing of ours or our cloud's. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IANA's registries of special-purpose addresses, IPv4 and IPv6, read 2026-11: all that are not globally reachable, and relays. */
const closedV4: ReadonlyArray<[network: string, prefix: number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, with the metadata service of every cloud (169.254.169.254).
  ['169.254.0.0', 16],
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
/** Within 2000::/3, the only part that is handed out: Teredo and its like, documentation, 6to4, which hides an IPv4 address. */
const closedV6: ReadonlyArray<[network: string, prefix: number]> = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [network, prefix] of closedV4) closed.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of closedV6) closed.addSubnet(network, prefix, 'ipv6');
const handedOut = new BlockList();
handedOut.addSubnet('2000::', 3, 'ipv6');

/** False for anything that is no plain IP address too. IPv4 mapped into IPv6 lies outside 2000::/3, and so is refused. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return isIPv6(address) && handedOut.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
