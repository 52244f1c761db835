import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PendingApprovals } from '../../access/approvals/pending-approvals.js';
import type { Role } from '../../access/signed-in.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Language } from '../words/language.js';
import type { LocalPath } from './local-path.js';

/** What every page needs beside its own page object. Made anew for each request; nothing of it is shared between two. */
export interface Shell {
  readonly language: Language;
  /** Where the language switch comes back to: an address that can be opened with GET. */
  readonly path: LocalPath;
  /** The form that was sent and is shown again, with its problems as `carryProblems` has them: the switch sends it instead. */
  readonly typed?: { readonly action: LocalPath; readonly problems: string };
  /** Of a page that cannot be shown again, such as a link to hand over: the language switch would throw it away, and is not there. */
  readonly isShownOnce?: boolean;
  /** The site's, in which moments are shown. */
  readonly timeZone: string;
  /** siteName: where they work. A member of the whole organisation may go to another site. */
  readonly member?: { readonly name: string; readonly role: Role; readonly siteName: string; readonly organisationWide: boolean };
  /** `csrfToken` of the session, for every form; absent while nobody is signed in. */
  readonly csrf?: string;
  /** Of whoever is signed in: who types into a form whose session ends meanwhile gets their text back, and nobody else. */
  readonly memberId?: string;
  /** Says on every page that only made-up people belong here. */
  readonly demonstration: boolean;
  /** What is coming and what waits for a decision, for members. */
  readonly pending?: PendingApprovals;
  /** What just happened, read out to screen readers: "Saved." */
  readonly notice?: Wording;
}

const ShellContext = createContext<Shell | undefined>(undefined);

export const ShellProvider = ShellContext.Provider;

/** @throws Error outside `renderPage`: a component without its shell would show the wrong language or an unprotected form */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === undefined) throw new Error('A page component was rendered without renderPage');
  return shell;
}

/** Says a wording in the language of the page. */
export function useWords(): (wording: Wording) => string {
  const { language } = useShell();
  return (wording) => wording[language];
}
