/** Whether an address is of the JSON API, whose callers are programs. @param url path and query */
export function isApi(url: string): boolean {
  return url.startsWith('/api/');
}
