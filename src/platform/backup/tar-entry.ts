const BLOCK = 512;
const NAME = { at: 0, bytes: 100 };
const CHECKSUM = { at: 148, bytes: 8 };
const MAGIC = 'ustar';

/** Size of a tar block in bytes: headers and contents are whole blocks. */
export const TAR_BLOCK = BLOCK;

/** Two blocks of zeros end an archive (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const TAR_END = Buffer.alloc(2 * BLOCK);

export interface TarEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
  readonly size: number;
}

/** A ustar header of an ordinary file that only its owner reads. @throws RangeError on a name of more than 100 bytes */
export function tarHeader(name: string, size: number, modifiedAt: Date): Buffer {
  if (Buffer.byteLength(name) > NAME.bytes) throw new RangeError('a name in the archive is too long');
  const header = Buffer.alloc(BLOCK);
  header.write(name, NAME.at, 'utf8');
  header.write('0000600\0', 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${octal(size, 11)}\0`, 124, 'latin1');
  header.write(`${octal(Math.floor(modifiedAt.getTime() / 1000), 11)}\0`, 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write(`${MAGIC}\x0000`, 257, 'latin1');
  header.write(`${octal(checksumOf(header), 6)}\0 `, CHECKSUM.at, 'latin1');
  return header;
}

/** Zeros that fill the last block of a content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/**
 * @returns undefined for a block of zeros, which ends the archive
 * @throws Error on a damaged header, or on a kind of entry (a link, a device) that no backup of ours has
 */
export function readTarHeader(header: Buffer): TarEntry | undefined {
  if (header.every((byte) => byte === 0)) return undefined;
  const text = (at: number, bytes: number): string => header.toString('utf8', at, at + bytes).replace(/\0.*$/s, '');
  if (text(257, 5) !== MAGIC || parseInt(text(CHECKSUM.at, CHECKSUM.bytes), 8) !== checksumOf(header)) {
    throw new Error('the backup is damaged: a header of the archive does not check');
  }
  const kind = ({ '0': 'file', '': 'file', '5': 'directory' } as const)[text(156, 1)];
  if (!kind) throw new Error('the backup holds something that is neither a file nor a directory');
  return { name: text(NAME.at, NAME.bytes), kind, size: sizeIn(header) };
}

/** Octal, or base 256 with the highest bit set where eight gibibytes are not enough. */
function sizeIn(header: Buffer): number {
  if ((header[124]! & 0x80) === 0) return parseInt(header.toString('latin1', 124, 135), 8);
  return Number(header.readBigUInt64BE(128));
}

/** The sum of all bytes, the checksum's own counted as spaces. */
function checksumOf(header: Buffer): number {
  const own = header.subarray(CHECKSUM.at, CHECKSUM.at + CHECKSUM.bytes);
  return sum(header) - sum(own) + CHECKSUM.bytes * 0x20;
}

function sum(bytes: Buffer): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
