import type { ComponentChildren } from 'preact';
import { TYPED_FORM } from './form-fields.js';
import { localPath, type LocalPath } from './local-path.js';
import { useShell } from './shell.js';

/** Where `access/cross-site.ts` looks for the session's value. */
const CSRF_FIELD = '_csrf';
/** Where `http/kept-form.ts` looks for whose page this was. */
const MEMBER_FIELD = '_member';

interface PostFormProps {
  readonly action: LocalPath;
  readonly children: ComponentChildren;
  readonly class?: string;
  /** Sent along unseen: versions, positions. Never an answer. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly label?: string;
  /** Of several forms with one action: whether it is this one that was sent. */
  readonly wasSent?: boolean;
}

/**
 * A form that changes something: by POST, with the session's CSRF value. What is typed never goes into an address, and
 * the browser is asked not to remember it, since the next client sits at the same laptop.
 */
export function PostForm({ action, children, class: look = 'tf-form', hidden = {}, label, wasSent = true }: PostFormProps) {
  const { csrf, memberId, typed } = useShell();
  const id = wasSent && typed?.action === action ? TYPED_FORM : undefined;
  return (
    <form id={id} class={look} method="post" action={localPath(action)} autocomplete="off" noValidate aria-label={label}>
      {csrf !== undefined && <input type="hidden" name={CSRF_FIELD} value={csrf} />}
      {memberId !== undefined && <input type="hidden" name={MEMBER_FIELD} value={memberId} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
