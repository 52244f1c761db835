import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it } from '@jest/globals';

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared');

/** Published inputs that lie beside a development checkout and are not part of the project. */
export function sharedFile(path: string): string | undefined {
  const found = join(SHARED, path);
  return existsSync(found) ? found : undefined;
}

/** A test that reads such an input; where there is none it passes and says in its name that it did not run. */
export function itWithShared(name: string, path: string, test: (file: string) => unknown, timeout?: number): void {
  const file = sharedFile(path);
  if (file) it(name, async () => void (await test(file)), timeout);
  else it(`${name} — NOT RUN, there is no ${path}`, () => console.warn(`not run: there is no ${path}`));
}
