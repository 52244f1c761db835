import type { ComponentChildren } from 'preact';
import type { Wording } from '../../catalogue/wording.js';
import { useWords } from './shell.js';

interface DataTableProps {
  /** The heads, in words; `false` in the place of a column that is not there this time. */
  readonly columns: readonly (Wording | false)[];
  /** The heads of the columns after those, whose cells are numbers of the class `tf-number` as well. */
  readonly numbers?: readonly Wording[];
  /** What the table is of, for those who do not see the heading above it. */
  readonly caption?: ComponentChildren;
  /** For everybody, where no heading says it. */
  readonly showsCaption?: boolean;
  /** On a phone every row becomes a list, in which the cells say their columns' words by `data-label`. */
  readonly stacks?: boolean;
  readonly class?: string;
  /** `<tr>`s, each of a `<th scope="row">` and a `<td>` for every other column. */
  readonly children: ComponentChildren;
}

/** Rows under the heads of their columns: `<table class="usa-table">`. */
export function DataTable({ columns, numbers = [], caption, showsCaption = false, stacks = true, class: look = 'tf-table', children }: DataTableProps) {
  const t = useWords();
  return (
    <table class={`usa-table usa-table--borderless ${stacks ? 'usa-table--stacked ' : ''}${look}`}>
      {caption !== undefined && <caption class={showsCaption ? undefined : 'usa-sr-only'}>{caption}</caption>}
      <thead>
        <tr>
          {columns.map(
            (words) =>
              words && (
                <th key={words.en} scope="col">
                  {t(words)}
                </th>
              ),
          )}
          {numbers.map((words) => (
            <th key={words.en} scope="col" class="tf-number">
              {t(words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
