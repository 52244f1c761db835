import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { context, type ContextPart } from '../../src/crypto/context.js';

const part = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 40 }), fc.nat());

describe('context', () => {
  it('never encodes two different lists of parts alike', () => {
    const sameKind = (a: ContextPart, b: ContextPart): boolean => Buffer.from(partImage(a)).equals(Buffer.from(partImage(b)));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.array(part, { maxLength: 5 }), (a, b) => {
        const equal = a.length === b.length && a.every((x, i) => sameKind(x, b[i]!));
        expect(Buffer.from(context('x', ...a)).equals(Buffer.from(context('x', ...b)))).toBe(equal);
      }),
    );
  });

  it('does not let bytes wander from one part into the next', () => {
    expect(context('x', 'ab', 'c')).not.toEqual(context('x', 'a', 'bc'));
    expect(context('x', 'ab')).not.toEqual(context('x', 'ab', ''));
    expect(context('xa', 'b')).not.toEqual(context('x', 'ab'));
  });

  it('refuses numbers that are not whole or below zero', () => {
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => context('x', bad)).toThrow(RangeError);
  });
});

function partImage(p: ContextPart): Uint8Array {
  return context('image', p);
}
