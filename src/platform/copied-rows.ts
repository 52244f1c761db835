/** PostgreSQL's documentation, "COPY", "Binary Format". */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const NO_MORE = -1;
const NULL = -1;

/**
 * The rows of `COPY … TO STDOUT (FORMAT binary)`, taken apart by offset: of a cell that nobody asks for no object is made.
 *
 * | bytes | what |
 * |---|---|
 * | 11 | `PGCOPY\n\xff\r\n\0` |
 * | 4 | flags |
 * | 4, and so many | an extension, of no use here |
 * | per row: 2 | how many cells |
 * | per cell: 4, and so many | its length and its bytes; a length of -1 and no bytes where it is NULL |
 * | 2 | -1 after the last row |
 *
 * All numbers are big-endian and signed. A cell is what its type's send function makes of it: text in the client's encoding, bytea as it is,
 * bigint 8 bytes, integer 4, boolean 1.
 */
export class CopiedRows {
  readonly #bytes: Buffer;
  readonly #begins: Int32Array;
  readonly #ends: Int32Array;
  #place = 0;
  #next: number;

  /** @param columns that each row has. @throws RangeError when this is no binary copy */
  constructor(bytes: Buffer, columns: number) {
    if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new RangeError('not what COPY writes');
    this.#bytes = bytes;
    this.#begins = new Int32Array(columns);
    this.#ends = new Int32Array(columns);
    this.#next = SIGNATURE.length + 8 + bytes.readInt32BE(SIGNATURE.length + 4);
  }

  /** Goes on to the next row, the first time to the first. @returns false after the last. @throws RangeError where bytes or cells are missing */
  next(): boolean {
    const bytes = this.#bytes;
    const cells = bytes.readInt16BE(this.#next);
    if (cells === NO_MORE) return false;
    if (cells !== this.#begins.length) throw new RangeError('a row of other columns');
    let at = this.#next + 2;
    for (let cell = 0; cell < cells; cell++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      this.#begins[cell] = at;
      if (length !== NULL) at += length;
      this.#ends[cell] = length === NULL ? NULL : at;
    }
    if (at > bytes.length) throw new RangeError('a row that was cut off');
    this.#place = this.#next;
    this.#next = at;
    return true;
  }

  /** Of the row that it has come to, for `goTo`. */
  get place(): number {
    return this.#place;
  }

  /** To a row that it has been to before. */
  goTo(place: number): void {
    this.#next = place;
    this.next();
  }

  isNull(column: number): boolean {
    return this.#ends[column] === NULL;
  }

  /** The cell's own bytes, no copy of them; none where it is NULL. */
  bytes(column: number): Buffer {
    return this.#bytes.subarray(this.#begins[column], this.end(column));
  }

  /** @param from this byte of the cell on */
  text(column: number, encoding: 'utf8' | 'latin1', from = 0): string {
    return this.#bytes.toString(encoding, this.#begins[column]! + from, this.end(column));
  }

  bool(column: number): boolean {
    return this.#bytes[this.#begins[column]!] === 1;
  }

  int4(column: number): number {
    return this.#bytes.readInt32BE(this.#begins[column]);
  }

  /** @throws RangeError where a number does not hold it */
  int8(column: number): number {
    const value = this.roughInt8(column);
    if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database does not fit a number');
    return value;
  }

  /** Itself, or the nearest that a number holds. */
  nearestInt8(column: number): number {
    return Math.max(Number.MIN_SAFE_INTEGER, Math.min(this.roughInt8(column), Number.MAX_SAFE_INTEGER));
  }

  private roughInt8(column: number): number {
    return this.#bytes.readInt32BE(this.#begins[column]) * 2 ** 32 + this.#bytes.readUInt32BE(this.#begins[column]! + 4);
  }

  private end(column: number): number {
    const end = this.#ends[column]!;
    return end === NULL ? this.#begins[column]! : end;
  }
}
