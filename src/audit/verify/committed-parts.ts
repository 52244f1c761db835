import { partsPath, TILE_WIDTH } from '../export/tile-path.js';
import { ExportFault, exportedFile } from '../export/exported-bundles.js';
import { writeSalt, writtenLine, type ParsedLine } from '../export/exported-parts.js';
import { COMMITMENT_LENGTH, committedLine, NO_COMMITMENT } from './committed-line.js';
import { commitmentText, PART_NAMES, SALT_BYTES, type DisclosedParts, type PartName } from './disclosed-parts.js';

const NONE_GIVEN = NO_COMMITMENT.repeat(PART_NAMES.length);
const ROOM = 16_384;
const bytes = Buffer.alloc(SALT_BYTES + ROOM);

/** What the lines of a bundle's disclosed parts commit to (docs/formats.md, "Log export"), whatever stands in them. Can be sent from thread to thread. */
export interface CommittedParts {
  /** A byte for each entry: a bit for each part that is there, as `PART_NAMES` has them from the lowest on. */
  readonly given: Uint8Array;
  /** Three commitments in base64 for each entry, one after the other. */
  readonly commitments: string;
  /** Entries whose line is not theirs, by their indexes, and the index that it has, if it is one. */
  readonly wrong: ReadonlyMap<number, number | undefined>;
  /** Whether there is more in the file, after a line for each entry. */
  readonly isLonger: boolean;
}

/** @returns undefined where there is no such file */
export function committedParts(directory: string, size: number, number: number): CommittedParts | undefined {
  const file = fileOf(directory, size, number);
  if (!file) return undefined;
  const first = number * TILE_WIDTH;
  const given = new Uint8Array(widthAt(size, number));
  const wrong = new Map<number, number | undefined>();
  let commitments = '';
  let next = 0;
  for (let at = 0; at < given.length; at++) {
    const from = next;
    const to = lineEnd(file, from);
    next = to + 1;
    const cut = committedLine(file, from, to, first + at);
    if (cut) {
      given[at] = cut.given;
      commitments += cut.commitments;
      continue;
    }
    const parsed = parsedLine(file.toString('utf8', from, to));
    if (parsed?.index !== first + at || !isWritten(parsed, file.subarray(from, to + 1))) {
      wrong.set(first + at, parsed?.index !== first + at && Number.isSafeInteger(parsed?.index) ? Number(parsed!.index) : undefined);
      commitments += NONE_GIVEN;
      continue;
    }
    for (const [bit, name] of PART_NAMES.entries()) {
      if (parsed[name] !== undefined) given[at]! |= 1 << bit;
      commitments += parsed[name] === undefined ? NO_COMMITMENT : commitmentTo(parsed[name]);
    }
  }
  return { given, commitments, wrong, isLonger: next < file.length };
}

/** Byte by byte, with its line feed: what is decoded is not always what stands there. */
function isWritten(parsed: ParsedLine, line: Buffer): boolean {
  const written = writtenLine(parsed);
  return written !== undefined && line.equals(Buffer.from(`${written}\n`));
}

function commitmentTo(given: ParsedLine[PartName]): string {
  const { part: text, salt } = given ?? {};
  if (typeof text !== 'string' || !writeSalt(salt, bytes)) return NO_COMMITMENT;
  if (text.length * 3 > ROOM) return commitmentText(Buffer.concat([bytes.subarray(0, SALT_BYTES), Buffer.from(text, 'utf8')]), SALT_BYTES);
  return commitmentText(bytes.subarray(0, SALT_BYTES + bytes.write(text, SALT_BYTES, 'utf8')), SALT_BYTES);
}

/** The disclosed parts of an entry. What they say is looked up again where it is asked for, which is seldom. */
export class ExportedParts implements DisclosedParts {
  constructor(
    private readonly committed: CommittedParts,
    private readonly at: number,
    private readonly line: (at: number) => string,
  ) {}

  get count(): number {
    return PART_NAMES.filter((part) => this.has(part)).length;
  }

  has(part: PartName): boolean {
    return (this.committed.given[this.at]! & (1 << PART_NAMES.indexOf(part))) !== 0;
  }

  commitment(part: PartName): string | undefined {
    if (!this.has(part)) return undefined;
    const from = (this.at * PART_NAMES.length + PART_NAMES.indexOf(part)) * COMMITMENT_LENGTH;
    return this.committed.commitments.slice(from, from + COMMITMENT_LENGTH);
  }

  /** Empty, which no part is, where it is no text. */
  text(part: PartName): string {
    const text = this.given[part]?.part;
    return typeof text === 'string' ? text : '';
  }

  /** Empty where it is no salt. */
  salt(part: PartName): Buffer {
    const salt = Buffer.alloc(SALT_BYTES);
    return writeSalt(this.given[part]?.salt, salt) ? salt : Buffer.alloc(0);
  }

  private get given(): ParsedLine {
    return parsedLine(this.line(this.at)) ?? {};
  }
}

/** Of the files of an export: the lines of the bundle that was asked for last are kept. */
export class PartsLines {
  #number = -1;
  #lines: readonly string[] = [];

  constructor(
    private readonly directory: string,
    private readonly size: number,
  ) {}

  in(number: number, at: number): string {
    if (number !== this.#number) [this.#number, this.#lines] = [number, fileOf(this.directory, this.size, number)?.toString('utf8').split('\n') ?? []];
    return this.#lines[at] ?? '';
  }
}

/** Bundles of a tree of this size. */
export function bundlesOf(size: number): number {
  return Math.ceil(size / TILE_WIDTH);
}

/** Entries of one of them. */
export function widthAt(size: number, number: number): number {
  return Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
}

/** Where the next line feed is; the end of the file after the last. */
function lineEnd(file: Buffer, from: number): number {
  const end = file.indexOf(0x0a, from);
  return end < 0 ? file.length : end;
}

function fileOf(directory: string, size: number, number: number): Buffer | undefined {
  try {
    return exportedFile(directory, partsPath(number, widthAt(size, number)));
  } catch (error) {
    if (error instanceof ExportFault) return undefined;
    throw error;
  }
}

function parsedLine(line: string): ParsedLine | undefined {
  try {
    return (JSON.parse(line) as ParsedLine | null) ?? undefined;
  } catch {
    return undefined;
  }
}
