import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { HoldCover } from '../../retention/holds/hold-cover.js';
import { DataTable } from '../shell/data-table.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { HOLD_WORDS as WORDS } from '../words/hold-words.js';

/** Of how many intakes a hold keeps each kind of answers. */
export function HoldCoverTable({ covers, caption }: { readonly covers: HoldCover; readonly caption: Wording }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <DataTable stacks={false} caption={t(caption)} columns={[WORDS.kind]} numbers={[WORDS.intakes]}>
      {RETENTION_CLASSES.filter((name) => covers[name] !== undefined).map((name) => (
        <tr key={name}>
          <th scope="row">{t(CLASS_WORDS[name])}</th>
          <td class="tf-number">{numberInWords(covers[name]!, language)}</td>
        </tr>
      ))}
    </DataTable>
  );
}
