import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WriterCounters } from '../../../src/audit/verify/writer-counters.js';

const AT = '2027-03-01T15:00:00Z';
const missingIn = (counters: WriterCounters): number[] =>
  [...counters.gaps()].flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)).sort((a, b) => a - b);

describe('counters of a writer', () => {
  it('are missing exactly where neither an entry nor a void has them, in whatever order they come', () => {
    const written = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
    fc.assert(
      fc.property(written, fc.array(fc.integer({ min: 1, max: 60 })), (order, voids) => {
        const counters = new WriterCounters();
        const most = Math.max(...order);
        order.forEach((counter, index) => expect(counters.take(index, 'one', counter, AT)).toBe(true));
        counters.take(order.length, 'one', most + 1, AT, voids);
        const gone = Array.from({ length: most }, (_, i) => i + 1).filter((counter) => !order.includes(counter) && !voids.includes(counter));
        expect(missingIn(counters)).toEqual(gone);
      }),
    );
  });

  it('are known when they come again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), (order) => {
        const counters = new WriterCounters();
        const seen = new Set<number>();
        order.forEach((counter, index) => {
          expect(counters.take(index, 'one', counter, AT)).toBe(!seen.has(counter));
          seen.add(counter);
        });
      }),
    );
  });

  it('are no duplicate when they were announced as void and come once, before that or after; twice they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), fc.array(fc.array(fc.integer({ min: 1, max: 30 }))), (order, voids) => {
        const counters = new WriterCounters();
        counters.take(0, 'one', 31, AT);
        const seen = new Set<number>();
        order.forEach((counter, index) => {
          expect(counters.take(index + 1, 'one', counter, AT, voids[index])).toBe(!seen.has(counter));
          seen.add(counter);
        });
        const gone = Array.from({ length: 30 }, (_, i) => i + 1).filter((counter) => !seen.has(counter) && !voids.slice(0, order.length).flat().includes(counter));
        expect(missingIn(counters)).toEqual(gone);
      }),
    );
  });

  it('are remembered as void in their thousands, the last of them', () => {
    const counters = new WriterCounters();
    counters.take(0, 'one', 200_001, AT);
    for (let first = 1; first < 200_000; first += 200) counters.take(1, 'one', 200_001 + first, AT, Array.from({ length: 200 }, (_, i) => first + i));
    expect([counters.take(2, 'one', 199_999, AT), counters.take(2, 'one', 199_999, AT), counters.take(2, 'one', 1, AT)]).toEqual([true, false, false]);
  });

  it('are each writer’s own', () => {
    const counters = new WriterCounters();
    for (const [index, epoch] of ['one', 'two', 'one', 'two'].entries()) counters.take(index, epoch, Math.floor(index / 2) + 1, AT);
    expect(missingIn(counters)).toEqual([]);
  });

  it('say between which entries they are missing, and whether a process that died explains it', () => {
    const counters = new WriterCounters();
    for (const [index, epoch, counter, time] of [[0, 'one', 1, AT], [1, 'two', 1, AT], [2, 'one', 4, AT], [3, 'two', 3, AT], [4, 'two', 4, '2027-03-01T15:05:01Z']] as const) {
      counters.take(index, epoch, counter, time);
    }
    expect([...counters.gaps()]).toEqual([
      { epoch: 'one', first: 2, last: 3, after: 0, before: 2, isCertain: false },
      { epoch: 'two', first: 2, last: 2, after: 1, before: 3, isCertain: true },
    ]);
    expect([...counters.gaps(Date.parse('2027-03-01T15:04:00Z'))]).toEqual([]); // the service may still be at it
    counters.takeLater('one', 3);
    expect([...counters.gaps()].map(({ first, last }) => [first, last])).toEqual([[2, 2], [2, 2]]);
  });
});
