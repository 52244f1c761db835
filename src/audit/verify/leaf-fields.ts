/** What a leaf says, each as its text: docs/formats.md, "Log leaf". */
export interface LeafFields {
  readonly actor: string;
  readonly subject: string;
  readonly context: string;
  readonly kind: string;
  readonly time: string;
  readonly epoch: string;
  readonly counter: string;
  readonly voided: readonly number[];
  /** Counter, epoch and kind as they stand in it one after the other: `7,"epoch":"…","kind":"…`. */
  readonly writer: string;
  /** The time as PostgreSQL writes it in UTC. */
  readonly timestamp: string;
}

/** RFC 8785 leaves one way to write a leaf: its names in this order, nothing between them. */
const [ACTOR, CONTEXT, COUNTER, KIND, SUBJECT] = ['{"actor":"', '","context":"', '","counter":', '","kind":"', '","subject":"'];
const WRITER = /^,"epoch":"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})","kind":"([a-z.-]{1,48})$/;
const END = /^","time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)","v":1(?:,"voided":\[([0-9,]+)\])?\}$/;
const COMMITMENT_LENGTH = 44;
const ACTOR_AT = ACTOR.length;
const CONTEXT_AT = ACTOR_AT + COMMITMENT_LENGTH + CONTEXT.length;
const COUNTER_AT = CONTEXT_AT + COMMITMENT_LENGTH + COUNTER.length;
const WRITER_LENGTH = ',"epoch":"'.length + 36 + KIND.length;
const MOST_DIGITS = 16;
const NONE: readonly number[] = [];

/**
 * Takes a leaf apart, which may come from an attacker: many times as fast as by parsing and writing it again. What leaf after leaf has alike is
 * looked at once. @returns undefined when it is none
 */
export function leafFields(leaf: string): LeafFields | undefined {
  if (!leaf.startsWith(ACTOR) || !leaf.startsWith(CONTEXT, CONTEXT_AT - CONTEXT.length) || !leaf.startsWith(COUNTER, COUNTER_AT - COUNTER.length)) return undefined;
  const counterEnd = leaf.indexOf(',', COUNTER_AT);
  const kindEnd = leaf.indexOf('"', counterEnd + WRITER_LENGTH);
  const subjectAt = kindEnd + SUBJECT.length;
  if (counterEnd < 0 || kindEnd < 0 || !leaf.startsWith(SUBJECT, kindEnd)) return undefined;
  if (!isCounter(leaf, counterEnd) || !isCommitment(leaf, ACTOR_AT) || !isCommitment(leaf, CONTEXT_AT) || !isCommitment(leaf, subjectAt)) return undefined;
  const writer = writers.in(leaf.slice(counterEnd, kindEnd));
  const end = ends.in(leaf.slice(subjectAt + COMMITMENT_LENGTH));
  if (!writer || !end) return undefined;
  return {
    actor: commitmentAt(leaf, ACTOR_AT), subject: commitmentAt(leaf, subjectAt), context: commitmentAt(leaf, CONTEXT_AT),
    kind: writer.kind, time: end.time, epoch: writer.epoch, counter: leaf.slice(COUNTER_AT, counterEnd), voided: end.voided,
    writer: leaf.slice(COUNTER_AT, kindEnd), timestamp: end.timestamp,
  };
}

/** What a pattern finds in texts of which most were there before. */
class Recurring<T> {
  readonly #known = new Map<string, T>();
  #lastText = '';
  #last: T | undefined;

  constructor(
    private readonly pattern: RegExp,
    private readonly found: (groups: readonly (string | undefined)[]) => T,
  ) {}

  in(text: string): T | undefined {
    if (text !== this.#lastText) {
      this.#last = this.#known.get(text) ?? this.learn(text);
      this.#lastText = text;
    }
    return this.#last;
  }

  private learn(text: string): T | undefined {
    const groups = this.pattern.exec(text);
    if (!groups) return undefined;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const found = this.found(groups);
    this.#known.set(text, found);
    return found;
  }
}

const MOST_KNOWN = 256;
const writers = new Recurring(WRITER, ([, epoch, kind]) => ({ epoch: epoch!, kind: kind! }));
const ends = new Recurring(END, ([, time, voided]) => ({ time: time!, timestamp: `${time!.slice(0, 10)} ${time!.slice(11, 19)}+00`, voided: voided === undefined ? NONE : voided.split(',').map(Number) }));

/** `[A-Za-z0-9+/]`, by character. */
const BASE64 = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9+/]/.test(String.fromCharCode(code)) ? 1 : 0));

/** 32 bytes in base64. */
function isCommitment(leaf: string, at: number): boolean {
  const last = at + COMMITMENT_LENGTH - 1;
  for (let i = at; i < last; i++) if (BASE64[leaf.charCodeAt(i)] !== 1) return false;
  return leaf[last] === '=';
}

function commitmentAt(leaf: string, at: number): string {
  return leaf.slice(at, at + COMMITMENT_LENGTH);
}

/** `[1-9][0-9]{0,15}` */
function isCounter(leaf: string, end: number): boolean {
  if (end - COUNTER_AT > MOST_DIGITS || leaf[COUNTER_AT] === '0') return false;
  for (let i = COUNTER_AT; i < end; i++) if (leaf.charCodeAt(i) < 48 || leaf.charCodeAt(i) > 57) return false;
  return end > COUNTER_AT;
}
