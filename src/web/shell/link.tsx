import type { ComponentChildren } from 'preact';
import { localPath, type LocalPath } from './local-path.js';

interface LinkProps {
  readonly to: LocalPath;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: 'page' | 'step' | undefined;
}

/** The only way a page links: within our own origin. */
export function Link({ to, children, class: look = 'usa-link', current }: LinkProps) {
  return (
    <a class={look} href={localPath(to)} aria-current={current}>
      {children}
    </a>
  );
}
