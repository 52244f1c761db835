/** Bytes that others are added to, in room that is kept when they are cleared. */
export class GrowingBytes {
  #room: Buffer;
  #length = 0;

  constructor(room = 65_536) {
    this.#room = Buffer.allocUnsafeSlow(room);
  }

  /** What was added since it was cleared: a view, which the next `clear` gives over to other bytes. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#room.length) {
      const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length)));
      larger.set(this.bytes);
      this.#room = larger;
    }
    this.#room.set(bytes, this.#length);
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
  }
}
