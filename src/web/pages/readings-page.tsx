import type { ReadingsBy } from '../../audit/readings-over-time.js';
import type { Day } from '../../platform/clock.js';
import { READINGS_PLOT_SIZES, type PlotWidth } from '../plots/plot-sizes.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { READINGS_WORDS as WORDS, readingsPlotInWords } from '../words/readings-words.js';

export interface ReadingsPage {
  readonly by: ReadingsBy;
  readonly names: readonly string[];
  /** Days on which anything was read, newest first; a number for each name. */
  readonly rows: readonly { readonly day: Day; readonly values: readonly number[]; readonly to: LocalPath }[];
  readonly pictures: Readonly<Record<PlotWidth, LocalPath>>;
}

function Body({ page: { by, names, rows, pictures } }: { readonly page: ReadingsPage }) {
  const t = useWords();
  const sums = rows.map(({ values }) => sum(values));
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <nav aria-label={t(WORDS.by)} class="tf-spans">
        <span>{t(WORDS.by)}:</span>
        {(['purpose', 'member'] as const).map((one) => (
          <Link key={one} to={`/entries/over-time?by=${one}`} current={one === by ? 'page' : undefined}>
            {t(WORDS[one])}
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <p>{t(WORDS.none)}</p>
      ) : (
        <>
          <picture class="tf-plot">
            <source media="(min-width: 70em)" srcset={pictures.wide} {...READINGS_PLOT_SIZES.wide} />
            <img src={pictures.narrow} {...READINGS_PLOT_SIZES.narrow} alt={t(readingsPlotInWords(sum(sums), Math.max(...sums)))} />
          </picture>
          <details>
            <summary>{t(WORDS.figures)}</summary>
            <div class="usa-table-container--scrollable" tabIndex={0} role="region" aria-label={t(WORDS.figures)}>
              <Figures names={names} rows={rows} />
            </div>
          </details>
        </>
      )}
      <p>
        <Link to="/entries">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

function Figures({ names, rows }: Pick<ReadingsPage, 'names' | 'rows'>) {
  const t = useWords();
  const { language } = useShell();
  const heads = [...names, t(WORDS.all)];
  return (
    <table class="usa-table usa-table--borderless usa-table--stacked tf-table tf-table--figures">
      <caption class="usa-sr-only">{t(WORDS.title)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(WORDS.day)}</th>
          {heads.map((name, at) => (
            <th scope="col" class="tf-number tf-break" key={at}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ day, values, to }) => (
          <tr key={day}>
            <th scope="row" data-label={t(WORDS.day)}>
              <Link to={to}>
                <DayText day={day} />
              </Link>
            </th>
            {[...values, sum(values)].map((value, at) => (
              <td class="tf-number" data-label={heads[at]} key={at}>
                <span>{numberInWords(value, language)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export const readingsPage: Page<ReadingsPage> = { title: () => WORDS.title, hasProblems: () => false, width: 'wide', Body };
