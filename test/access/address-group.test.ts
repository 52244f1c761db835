import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressGroup } from '../../src/access/address-group.js';

const group = fc.integer({ min: 0, max: 0xffff });
const prefix = fc.tuple(fc.integer({ min: 1, max: 0xffff }), group, group, group); // not 0: mapped addresses have a test of their own
const rest = fc.tuple(group, group, group, group);

/** As the URL Standard writes it: the longest run of zeros left out (RFC 5952, 4.2). */
const shortened = (groups: readonly number[]): string => new URL(`http://[${written(groups)}]`).hostname.slice(1, -1);
const written = (groups: readonly number[]): string => groups.map((one) => one.toString(16)).join(':');

describe('where an attempt comes from', () => {
  it('is the first half of an IPv6 address, however it is written', () => {
    fc.assert(
      fc.property(prefix, rest, rest, (first, one, other) => {
        const expected = `${written(first)}::/64`;
        const addresses = [written([...first, ...one]), shortened([...first, ...one]), shortened([...first, ...other]).toUpperCase(), `${written(first)}::`];
        expect(addresses.map(addressGroup)).toEqual(addresses.map(() => expected));
      }),
    );
  });

  it('is an IPv4 address whole, mapped into IPv6 or not', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressGroup(address)).toBe(address);
        expect(addressGroup(`::ffff:${address}`)).toBe(address);
        expect(addressGroup(new URL(`http://[::ffff:${address}]`).hostname.slice(1, -1))).toBe(address);
      }),
    );
  });

  it.each([
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['fe80::2%1', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['no address', 'no address'],
    ['', ''],
  ])('%s counts as %s', (address, expected) => expect(addressGroup(address)).toBe(expected));
});
