import { describe, expect, it } from '@jest/globals';
import { Traces } from './traces.js';

const PIN = '918273';

describe('a search for six digits', () => {
  const traces = new Traces([PIN]);

  it.each(['918273', '{"pin":"918273"}', 'pin=918273&', '%22918273%22', 'pin: 918273\n', '\u000f918273\u0000'])('finds them where they stand alone: %j', (text) => {
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex'))]) {
      expect(traces.in(bytes)).not.toEqual([]);
    }
    for (const shift of [0, 1, 2]) expect(traces.in(Buffer.concat([Buffer.alloc(shift, 7), Buffer.from(text)]).toString('base64'))).not.toEqual([]);
  });

  it.each(['9182734', '0918273', 'c918273', '918273e', '2027-02-01 17:00:00.918273+00'])('and passes over what chance brings together: %s', (text) => {
    expect(traces.in(text)).toEqual([]);
  });
});
