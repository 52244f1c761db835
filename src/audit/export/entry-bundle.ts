/** Takes part in a bundle: two bytes hold its length. */
const LONGEST_LEAF = 0xffff;

/** C2SP tlog-tiles, "Log Entries": each leaf after its length in two bytes, big-endian. @throws RangeError on one that is too long */
export function entryBundle(leaves: readonly string[]): Buffer {
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      const bytes = Buffer.from(leaf, 'utf8');
      if (bytes.length > LONGEST_LEAF) throw new RangeError('a leaf that no bundle holds');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Takes a bundle apart: it may come from an attacker. @returns undefined when it is none */
export function leavesOf(bundle: Buffer): readonly Buffer[] | undefined {
  const leaves: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + 2 > bundle.length) return undefined;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return undefined;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
