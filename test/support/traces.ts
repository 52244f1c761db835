import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { withoutPageHeaders } from './wal-pages.js';

/** Shorter ones could stand in random bytes by chance. */
const SHORTEST = 7;
/** So could these in hexadecimal, of which PostgreSQL's log has megabytes, in longer numbers and behind the point of a second; they are looked for where they stand alone. */
const FEW_DIGITS = /^\d{6,9}$/;
const BITS = 20;
const SPREAD = 0x9e3779b1;
/** Once for all bytes: a test finds a global by asking the world around it, which takes a hundred times as long as the sum. */
const { imul } = Math;
/** A page of PostgreSQL's; most of a data directory is empty. */
const BLOCK = 8_192;
const EMPTY = Buffer.alloc(BLOCK);

interface Trace {
  readonly needle: string;
  readonly as: string;
  readonly bytes: Buffer;
  readonly alone: boolean;
}

/** Looks for values in bytes, in whatever way software may have written them down. One pass, however many values there are. */
export class Traces {
  private readonly first = new Uint8Array(1 << BITS);
  private readonly byStart = new Map<number, Trace[]>();

  constructor(needles: Iterable<string>) {
    for (const needle of needles) for (const trace of tracesOf(needle)) this.add(trace);
  }

  /** What was found and how it was written, each once. */
  in(content: string | Uint8Array): readonly string[] {
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.length);
    const found = new Set<string>();
    for (let at = 0; at < bytes.length; at += BLOCK) {
      if (!EMPTY.subarray(0, Math.min(BLOCK, bytes.length - at)).equals(bytes.subarray(at, at + BLOCK))) this.scan(bytes, at, found);
    }
    return [...found];
  }

  /** Values that begin in this block. */
  private scan(bytes: Buffer, from: number, found: Set<string>): void {
    const { first } = this;
    const end = Math.min(from + BLOCK + 3, bytes.length);
    let window = 0;
    for (let at = from; at < end; at++) {
      window = (window << 8) | bytes[at]!;
      if (first[imul(window, SPREAD) >>> (32 - BITS)] === 0 || at < from + 3) continue;
      for (const { needle, as, bytes: trace, alone } of this.byStart.get(window) ?? []) {
        if (!trace.equals(bytes.subarray(at - 3, at - 3 + trace.length))) continue;
        if (!alone || standsAlone(bytes, at - 3, trace.length)) found.add(`${needle} as ${as}`);
      }
    }
  }

  /** The same for every file below a directory, those of a write-ahead log across their pages too. */
  below(directory: string): { readonly files: number; readonly bytes: number; readonly found: readonly string[] } {
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(directory, name)).isFile());
    let size = 0;
    const found = files.flatMap((name) => {
      const content = readFileSync(join(directory, name));
      size += content.length;
      const inIt = new Set(waysToRead(name, content).flatMap((bytes) => this.in(bytes)));
      return [...inIt].map((what) => `${what} in ${name}`);
    });
    return { files: files.length, bytes: size, found };
  }

  private add(trace: Trace): void {
    const start = trace.bytes.readInt32BE(0);
    this.first[imul(start, SPREAD) >>> (32 - BITS)] = 1;
    const others = this.byStart.get(start);
    if (others) others.push(trace);
    else this.byStart.set(start, [trace]);
  }
}

function waysToRead(name: string, content: Buffer): readonly Buffer[] {
  return name.split(sep).includes('pg_wal') ? [content, withoutPageHeaders(content)] : [content];
}

/** Every way in which a value may be written down. */
export function tracesOf(needle: string): readonly Trace[] {
  const spellings = new Set([needle, needle.toLowerCase(), needle.toUpperCase(), needle.normalize('NFD'), needle.normalize('NFKD').replace(/\p{M}/gu, '')]);
  const traces = [...spellings].flatMap((text) => writtenAs(text).map(([as, bytes]) => ({ needle, as, bytes, alone: FEW_DIGITS.test(bytes.toString('latin1')) })));
  const unlike = new Map(traces.map((trace) => [trace.bytes.toString('latin1'), trace]));
  return [...unlike.values()].filter(({ bytes, alone }) => alone || bytes.length >= SHORTEST);
}

/** No part of a longer number; the last digit of an escaped byte of an address may stand before it. */
function standsAlone(bytes: Buffer, at: number, length: number): boolean {
  const before = bytes.toString('latin1', Math.max(0, at - 3), at);
  const after = bytes.toString('latin1', at + length, at + length + 1);
  return (!/[0-9a-f.]$/i.test(before) || /%[0-9a-f]{2}$/i.test(before)) && !/[0-9a-f]/i.test(after);
}

function writtenAs(text: string): readonly (readonly [string, Buffer])[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const inUrl = encodeURIComponent(text);
  const inAscii = text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const base64 = [0, 1, 2].flatMap((shift) => ['base64', 'base64url'].map((as) => inBase64(utf8, shift, as as BufferEncoding)));
  return [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ...[utf8.toString('hex'), utf8.toString('hex').toUpperCase()].map((hex) => ['hexadecimal', Buffer.from(hex)] as const),
    ...base64.map((part) => ['base64', Buffer.from(part)] as const),
    ...[inUrl, inUrl.replaceAll('%20', '+'), inUrl.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())].map((url) => ['an address', Buffer.from(url)] as const),
    ['escaped JSON', Buffer.from(inAscii)],
    ['HTML', Buffer.from(text.replaceAll('&', '&amp;').replaceAll("'", '&#39;'))],
  ];
}

/** Those characters of the base64 that depend on this text alone, wherever in a longer one it stands. */
function inBase64(bytes: Buffer, shift: number, as: BufferEncoding): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString(as).replaceAll('=', '');
  const end = ((shift + bytes.length) * 8) % 6 === 0 ? whole.length : whole.length - 1;
  return whole.slice(Math.ceil((shift * 8) / 6), end);
}
