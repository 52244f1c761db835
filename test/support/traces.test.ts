import { describe, expect, it } from '@jest/globals';
import { Traces } from './traces.js';

const PIN = '918273';

describe.each([PIN, '91827364'])('a search for few digits, %s,', (digits) => {
  const traces = new Traces([digits]);

  it.each(['918273', '{"pin":"918273"}', 'pin=918273&', '%22918273%22', 'pin: 918273\n', '\u000f918273\u0000'])('finds them where they stand alone: %j', (around) => {
    const text = around.replace(PIN, digits);
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex'))]) {
      expect(traces.in(bytes)).not.toEqual([]);
    }
    for (const shift of [0, 1, 2]) expect(traces.in(Buffer.concat([Buffer.alloc(shift, 7), Buffer.from(text)]).toString('base64'))).not.toEqual([]);
  });

  it.each(['9182734', '0918273', 'c918273', '918273e', '2027-02-01 17:00:00.918273+00'])('and passes over what chance brings together: %s', (around) => {
    expect(traces.in(around.replace(PIN, digits))).toEqual([]);
  });
});
