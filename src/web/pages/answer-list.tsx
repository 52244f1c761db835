import type { Wording } from '../../catalogue/wording.js';
import { useWords } from '../shell/shell.js';

export interface AnswerRow {
  readonly path: string;
  /** With whom it is about, where a section asks both spouses. */
  readonly label: Wording;
  /** As people say it (`answerInWords`). Blank questions have no row. */
  readonly answer: string;
}

/** Questions with what was answered, in whichever direction it is written. */
export function AnswerList({ rows }: { readonly rows: readonly AnswerRow[] }) {
  const t = useWords();
  return (
    <dl class="tf-answers">
      {rows.map(({ path, label, answer }) => (
        <div key={path}>
          <dt>{t(label)}</dt>
          <dd dir="auto">{answer}</dd>
        </div>
      ))}
    </dl>
  );
}
