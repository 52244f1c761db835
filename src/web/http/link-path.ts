import { localPath, type LocalPath } from '../shell/local-path.js';

/** The address of a one-time link. It is in the browser's history, which is why it works once. */
export function linkPath(page: '/set-up' | '/join', token: string): LocalPath {
  return localPath(`${page}?token=${encodeURIComponent(token)}`);
}
