import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/platform/refusal.js';
import { LIMITS } from '../../src/web/http/limits.js';
import { readForm } from '../../src/web/http/read-form.js';
import { readJson } from '../../src/web/http/read-json.js';

const json = (text: string): unknown => readJson(Buffer.from(text));
const form = (text: string): unknown => readForm(Buffer.from(text));

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'BAD_REQUEST') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('JSON from outside', () => {
  it('comes in as any reader has it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, stringUnit: 'grapheme' }), (text) => {
        const expected: unknown = JSON.parse(text);
        if (text.includes('proto')) return;
        expect(json(text)).toEqual(expected);
      }),
    );
  });

  it('may send nothing', () => expect(json('')).toBeUndefined());

  it.each(['{"a":1,"a":1}', '{"a":{"b":1,"b":2}}', '[{"a":1},{"b":{"c":1},"b":2}]', String.raw`{"a":1,"\u0061":2}`, String.raw`{"\"":1,"\"":2}`])(
    'has no name twice: %s',
    (text) => expect(messageOf(() => json(text))).toBe('The request holds a name twice.'),
  );

  it.each(['[{"a":1},{"a":2}]', '{"constructor":{"a":1},"prototype":{}}', '{"a":{"a":{"a":1}}}', '{"a":"a","b":"a:a"}', String.raw`{"a":"\"a\":1,","b":["a","a"]}`, '{"a":["x",{"b":1}],"b":1}'])(
    'may have it in two places: %s',
    (text) => expect(json(text)).toEqual(JSON.parse(text)),
  );

  it.each(['{"__proto__":{"a":1}}', String.raw`{"a":[{"\u005f_proto__":1}]}`, '{"constructor":{"prototype":{"a":1}}}'])('reaches for no prototype: %s', (text) =>
    expect(messageOf(() => json(text))).toBe('The request holds a name that no field has.'),
  );

  it.each([['[', ']'], ['{"a":', '}']])('is not deeper than is stated: %s', (open, close) => {
    const nested = (depth: number) => open.repeat(depth) + '1' + close.repeat(depth);
    expect(json(nested(LIMITS.jsonDepth))).toBeDefined();
    expect(messageOf(() => json(nested(LIMITS.jsonDepth + 1)))).toBe('The request is nested too deeply.');
    expect(messageOf(() => json(open.repeat(100_000)))).toBe('The request is nested too deeply.');
  });

  it.each(['{', '{"a":1,}', "{'a':1}", '{"a":01}', 'NaN', 'undefined', '{"a":"\n"}', '{"a":1}x', ' ', '{"a" "b"}', '}{', '"\\ud8'])('is refused when broken, unrepeated: %j', (text) =>
    expect(messageOf(() => json(text))).toBe('The request is not JSON.'),
  );

  it.each([String.raw`\"`, String.raw`\\\"`, String.raw`\u0022`, 'a'])('is refused in one pass when a string of %s is never closed', (unit) => {
    const body = unit.repeat(Math.floor(LIMITS.bodyBytes / unit.length) - 4);
    for (const text of [`"${body}`, `"${body}\\`, `{"a":"${body}`, `["${body}\\`]) {
      const start = performance.now();
      expect(messageOf(() => json(text))).toBe('The request is not JSON.');
      expect(performance.now() - start).toBeLessThan(1_000); // tens of seconds, where every quote within it is tried
    }
  });

  it('is UTF-8, with or without its mark', () => {
    expect(json('\ufeff{"a":"ñ"}')).toEqual({ a: 'ñ' });
    for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xff, 0xfe, 0x31, 0x00]]) {
      expect(messageOf(() => readJson(Buffer.from(bytes)))).toBe('The request is not in UTF-8.');
    }
  });
});

describe('a form from outside', () => {
  it('comes in as a browser filled it in', () => {
    const texts = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(texts, texts), (fields) => {
        expect(Object.entries(form(new URLSearchParams(fields).toString()) as object).sort()).toEqual(Object.entries(fields).sort());
      }),
    );
  });

  it.each(['a=1&a=2', 'a=1&%61=2', 'a=%', 'a=%4', 'a=%zz', 'a=%ff', 'a=%ed%a0%80', 'a=%c0%af', '%ff=a'])('is refused when no browser makes it: %s', (text) =>
    expect(messageOf(() => form(text))).toBe('This is not what the form sends.'),
  );

  it('holds a name that every object has as a field like any other', () => {
    const fields = form('__proto__=x&constructor=y') as object;
    expect(Object.entries(fields)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  it('has no more fields than is stated', () => {
    const fields = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=`).join('&');
    expect(Object.keys(form(fields(LIMITS.formFields)) as object)).toHaveLength(LIMITS.formFields);
    expect(messageOf(() => form(fields(LIMITS.formFields + 1)))).toBe('This is not what the form sends.');
  });
});
