import { isIPv6 } from 'node:net';

/**
 * What counts as one place that attempts come from: an IPv4 address whole, an IPv6 address by its /64, since whoever has one
 * such address has all of them (RFC 4291, 2.5.4). Anything else stays as it is.
 * @param address as the server has it; an IPv4 address may come mapped into IPv6 (RFC 4291, 2.5.5.2)
 */
export function addressGroup(address: string): string {
  const [bare = ''] = address.split('%'); // the zone of a link-local address
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]).join('.');
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(':')}::/64`;
}

/** The eight of a valid address. */
function groupsOf(address: string): readonly number[] {
  const [head, tail] = address.split('::').map(numbersIn) as [number[], number[] | undefined];
  return tail ? [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail] : head;
}

function numbersIn(part: string): number[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? dotted(group) : [parseInt(group, 16)]));
}

function dotted(group: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}
