import type { Page } from '../../src/web/shell/render-page.js';
import type { Shell } from '../../src/web/shell/shell.js';

/** A page component with one page object, of made-up people, and the shell it stands in. */
export interface Sample {
  readonly name: string;
  readonly shell: Shell;
  readonly page: Page<unknown>;
  readonly object: unknown;
}

/** Checks that page and object belong together, then forgets which they are. */
export function sample<PageObject>(name: string, shell: Shell, page: Page<PageObject>, object: PageObject): Sample {
  return { name, shell, page: page as unknown as Page<unknown>, object };
}
