/**
 * An address that cannot be decoded is looked up as it is written, and nothing is there: refused like any other unknown
 * one. The router would refuse it by itself, with its own words, the address among them, and without our headers.
 */
export function readableAddress(url: string): string {
  const [path = '', ...query] = url.split('?');
  return isReadable(path) ? url : [path.replaceAll('%', '%2525'), ...query].join('?');
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
