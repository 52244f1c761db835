/** XLOG_BLCKSZ of PostgreSQL, as it is built everywhere. */
export const WAL_PAGE = 8_192;
/** XLogPageHeaderData, and XLogLongPageHeaderData on a file's first page (access/xlog_internal.h), aligned to eight bytes. */
export const WAL_HEADER = 24;
export const WAL_FIRST_HEADER = 40;

/**
 * What a file of a write-ahead log says, without what stands at the head of its pages: a record that does not fit into a
 * page goes on behind the header of the next one, and a value in it is cut in two wherever the page ends.
 */
export function withoutPageHeaders(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < file.length; at += WAL_PAGE) {
    parts.push(file.subarray(at + (at === 0 ? WAL_FIRST_HEADER : WAL_HEADER), at + WAL_PAGE));
  }
  return Buffer.concat(parts);
}
