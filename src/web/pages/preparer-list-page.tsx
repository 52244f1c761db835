import { catalogue } from '../../catalogue/catalogue.js';
import type { PreparerList } from '../../catalogue/preparer-list.js';
import type { PeriodCount } from '../../intake/list-returns.js';
import type { ReturnPeriod } from '../../intake/return-period.js';
import type { Day } from '../../platform/clock.js';
import { answerInWords } from '../form/answer-in-words.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { PREPARER_LIST_WORDS as WORDS } from '../words/preparer-list-words.js';
import { PartOfList, PartsOfList } from './printed-list.js';

export interface PreparerListsPage {
  readonly periods: readonly PeriodCount[];
}

export interface PreparerListPage {
  readonly period: ReturnPeriod;
  readonly returns: readonly ShownReturn[];
  readonly next?: LocalPath;
}

interface ShownReturn {
  /** Of its own page. */
  readonly path: LocalPath;
  readonly listedDay: Day;
  readonly isPreserved: boolean;
  readonly list?: PreparerList;
}

function Periods({ page: { periods } }: { readonly page: PreparerListsPage }) {
  const { language } = useShell();
  const rows = periods.map(({ year, returns, ...period }) => (
    <tr key={year}>
      <th scope="row">
        <Link to={`/preparer-list/${year}`}>
          <PeriodText {...period} />
        </Link>
      </th>
      <td>{numberInWords(returns, language)}</td>
    </tr>
  ));
  return <PartsOfList words={WORDS} columns={[WORDS.period, WORDS.returns]} rows={rows} />;
}

function PeriodText({ from, to }: Pick<ReturnPeriod, 'from' | 'to'>) {
  return (
    <>
      <DayText day={from} /> – <DayText day={to} />
    </>
  );
}

function Returns({ page: { period, returns, next } }: { readonly page: PreparerListPage }) {
  const columns = [WORDS.name, WORDS.number, WORDS.taxYear, WORDS.kind, WORDS.preparer, WORDS.readyOn];
  const rows = returns.map((one) => <ReturnRow key={one.path} {...one} />);
  return <PartOfList words={WORDS} part={<PeriodText {...period} />} columns={columns} rows={rows} next={next} all="/preparer-list" />;
}

const KIND = catalogue.byPath('preparerList.returnType')!;

function ReturnRow({ path, listedDay, isPreserved, list }: ShownReturn) {
  const t = useWords();
  const { language } = useShell();
  const unopened = isPreserved ? WORDS.preserved : WORDS.nobody;
  return (
    <tr>
      <th scope="row" data-label={t(WORDS.name)}>
        <Link to={path}>{list ? <bdi>{list.name}</bdi> : t(unopened)}</Link>
      </th>
      <td class="tf-taxpayer-id" data-label={t(WORDS.number)}>{list && (list.taxpayerId ?? <span class="tf-quiet">{t(WORDS.noNumber)}</span>)}</td>
      <td data-label={t(WORDS.taxYear)}>{list?.taxYear}</td>
      <td data-label={t(WORDS.kind)}>{list && answerInWords(KIND, list.returnType, language)}</td>
      <td data-label={t(WORDS.preparer)}>{list && <bdi>{list.preparedBy}</bdi>}</td>
      <td data-label={t(WORDS.readyOn)}>
        <DayText day={listedDay} />
      </td>
    </tr>
  );
}

export const preparerListsPage: Page<PreparerListsPage> = { title: () => WORDS.title, width: 'form', Body: Periods };
export const preparerListPage: Page<PreparerListPage> = { title: () => WORDS.title, width: 'wide', Body: Returns };
