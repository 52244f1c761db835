import type { ComponentChildren } from 'preact';
import type { Wording } from '../../catalogue/wording.js';
import { useWords } from './shell.js';

interface NoticeProps {
  readonly kind: 'info' | 'warning' | 'error' | 'success';
  readonly heading?: Wording;
  readonly text?: Wording;
  readonly children?: ComponentChildren;
}

/** Something to know before going on. Errors take the focus when the page loads, since no script could move it later. */
export function Notice({ kind, heading, text, children }: NoticeProps) {
  const t = useWords();
  const isError = kind === 'error';
  return (
    <div
      class={`usa-alert usa-alert--${kind}`}
      role={isError ? 'alert' : undefined}
      tabIndex={isError ? -1 : undefined}
      autofocus={isError ? true : undefined}
    >
      <div class="usa-alert__body">
        {heading !== undefined && <h2 class="usa-alert__heading">{t(heading)}</h2>}
        {text !== undefined && <p class="usa-alert__text">{t(text)}</p>}
        {children}
      </div>
    </div>
  );
}
