import type { ComponentChildren } from 'preact';
import type { Wording } from '../../catalogue/wording.js';
import { DataTable } from '../shell/data-table.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';

interface PrintedListWords {
  readonly title: Wording;
  readonly intro: Wording;
  /** What opening a part shows, and that it is logged. */
  readonly opens: Wording;
  readonly none: Wording;
  readonly next: Wording;
  readonly print: Wording;
  readonly back: Wording;
}

interface PartsProps {
  readonly words: PrintedListWords;
  readonly columns: readonly Wording[];
  /** A `<tr>` for each. */
  readonly rows: readonly ComponentChildren[];
}

/** What there is of a list that is shown on request, part by part: nothing of it is open yet. */
export function PartsOfList({ words, columns, rows }: PartsProps) {
  const t = useWords();
  return (
    <>
      <h1>{t(words.title)}</h1>
      <p class="tf-intro">{t(words.intro)}</p>
      {rows.length === 0 ? (
        <p class="tf-panel">{t(words.none)}</p>
      ) : (
        <>
          <p>{t(words.opens)}</p>
          <DataTable stacks={false} caption={t(words.title)} columns={columns}>
            {rows}
          </DataTable>
        </>
      )}
    </>
  );
}

interface PartProps extends PartsProps {
  /** Which part it is. */
  readonly part: ComponentChildren;
  readonly next: LocalPath | undefined;
  /** Of all parts. */
  readonly all: LocalPath;
}

/** A page of one part of it, to be printed. */
export function PartOfList({ words, columns, rows, part, next, all }: PartProps) {
  const t = useWords();
  return (
    <>
      <h1>{t(words.title)}</h1>
      <p class="tf-intro">{part}</p>
      {rows.length === 0 ? (
        <p class="tf-panel">{t(words.none)}</p>
      ) : (
        <DataTable caption={t(words.title)} columns={columns}>
          {rows}
        </DataTable>
      )}
      {next !== undefined && (
        <p class="tf-no-print">
          <Link to={next}>{t(words.next)}</Link>
        </p>
      )}
      <p class="tf-quiet tf-no-print">{t(words.print)}</p>
      <p class="tf-no-print">
        <Link to={all}>{t(words.back)}</Link>
      </p>
    </>
  );
}
