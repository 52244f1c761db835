import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventLog, faultOf } from '../../src/platform/event-log.js';

describe('the event log', () => {
  it('writes one line of JSON for each event, with the time of the clock and nothing of the machine', () => {
    const lines: string[] = [];
    const log = new EventLog(() => new Date('2027-05-01T12:00:00Z'), { write: (line) => void lines.push(line) });
    log.say({ event: 'listening', port: 3000 });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { level: 30, time: '2027-05-01T12:00:00.000Z', event: 'listening', port: 3000 },
    ]);
  });

  it('says of an error what kind it was and where, and nothing of its message, whatever that looks like', () => {
    const message = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.array(fc.constantFrom('\n    at ', 'Plant (file:///x.ts:1:1)', 'Error: ', '$&', ' ', 'x')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(message, fc.constantFrom(Error, TypeError, RangeError), (text, Kind) => {
        const fault = faultOf(new Kind(`Plant-4711 ${text} Plant-4711`));
        expect(JSON.stringify(fault)).not.toContain('Plant');
        expect(fault.name).toBe(Kind.name);
        expect(fault.at[0]).toMatch(/event-log\.test/);
      }),
    );
  });

  it('keeps a code, and takes what is no error for what it is', () => {
    expect(faultOf(Object.assign(new Error('x'), { code: '23505' })).code).toBe('23505');
    expect(faultOf(Object.assign(new Error('x'), { code: { plant: 1 } })).code).toBeUndefined();
    expect(faultOf('Plant-4711')).toEqual({ name: 'string', at: [] });
    expect(faultOf(undefined)).toEqual({ name: 'undefined', at: [] });
  });

  it('has no room for an error whose message was changed, or for one without a stack', () => {
    const changed = new Error('Plant-4711\n    at Plant (x.ts:1:1)');
    changed.message = 'something else';
    expect(JSON.stringify(faultOf(changed))).not.toContain('Plant');
    const bare = new Error('Plant-4711');
    delete bare.stack;
    expect(faultOf(bare).at).toEqual([]);
  });
});
