import { DataTable } from '../shell/data-table.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOLD_STATE_WORDS, HOLDS_WORDS as WORDS } from '../words/hold-words.js';
import { HoldScopeLines, type HoldScopeProps } from './hold-scope.js';

export interface HoldRow extends HoldScopeProps {
  readonly path: LocalPath;
  /** Administrators of its site only. */
  readonly matter?: string;
  readonly placedAt: Date;
  readonly state: keyof typeof HOLD_STATE_WORDS;
}

export interface HoldsPage {
  readonly mayPlace: boolean;
  readonly holds: readonly HoldRow[];
}

function Body({ page: { mayPlace, holds } }: { readonly page: HoldsPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      {mayPlace && (
        <p>
          <Link to="/holds/new" class="usa-button">
            {t(WORDS.placeLink)}
          </Link>
        </p>
      )}
      {holds.length === 0 ? <p>{t(WORDS.none)}</p> : <Holds holds={holds} />}
    </>
  );
}

function Holds({ holds }: Pick<HoldsPage, 'holds'>) {
  const t = useWords();
  return (
    <DataTable caption={t(WORDS.title)} columns={[WORDS.hold, WORDS.names, WORDS.placed, WORDS.state]}>
      {holds.map((hold) => (
        <tr key={hold.path}>
          <th scope="row" data-label={t(WORDS.hold)}>
            <Link to={hold.path} class="usa-link tf-break">
              {hold.matter === undefined ? <Unnamed {...hold} /> : <bdi>{hold.matter}</bdi>}
            </Link>
          </th>
          <td data-label={t(WORDS.names)}>
            <div>
              <HoldScopeLines {...hold} />
            </div>
          </td>
          <td data-label={t(WORDS.placed)}>
            <MomentText at={hold.placedAt} />
          </td>
          <td data-label={t(WORDS.state)}>{t(HOLD_STATE_WORDS[hold.state])}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function Unnamed({ placedAt }: Pick<HoldRow, 'placedAt'>) {
  const t = useWords();
  return (
    <>
      {t(WORDS.unnamed)} <MomentText at={placedAt} />
    </>
  );
}

export const holdsPage: Page<HoldsPage> = { title: () => WORDS.title, width: 'wide', Body };
