import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { classesCounted, type LivingOn } from '../../retention/foresee.js';
import { livingPlotSize, type PlotWidth } from '../plots/plot-sizes.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import type { LocalPath } from '../shell/local-path.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { plotInWords, PREVIEW_WORDS as WORDS } from '../words/preview-words.js';

export interface LivingOverTimeProps {
  /** The days that the picture shows; a week apart here, and today. */
  readonly points: readonly LivingOn[];
  /** The one of them that is now. */
  readonly now: Day;
  readonly pictures: Readonly<Record<PlotWidth, LocalPath>>;
}

/** A picture for a phone and one for a wide screen, since text in a scaled one cannot be read; and the same as a table. */
export function LivingOverTime({ points, now, pictures }: LivingOverTimeProps) {
  const t = useWords();
  const names = classesCounted(points);
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">{t(WORDS.overTime)}</h2>
      <p>{t(WORDS.overTimeExplain)}</p>
      <picture class="tf-plot">
        <source media="(min-width: 70em)" srcset={pictures.wide} {...livingPlotSize('wide', names.length)} />
        <img src={pictures.narrow} {...livingPlotSize('narrow', names.length)} alt={t(plotInWords(points[0]!.day, points.at(-1)!.day))} />
      </picture>
      <details>
        <summary>{t(WORDS.figures)}</summary>
        <Figures points={points} names={names} now={now} />
      </details>
    </section>
  );
}

function Figures({ points, names, now }: Pick<LivingOverTimeProps, 'points' | 'now'> & { readonly names: readonly RetentionClass[] }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <DataTable
      class="tf-table tf-table--figures"
      caption={t(WORDS.overTime)}
      columns={[WORDS.on]}
      numbers={names.map((name) => CLASS_WORDS[name])}
    >
      {points.map(({ day, classes }) => (
        <tr key={day}>
          <th scope="row" data-label={t(WORDS.on)}>
            <DayText day={day} />
            {day === now && ` (${t(WORDS.today)})`}
          </th>
          {names.map((name) => (
            <td class="tf-number" data-label={t(CLASS_WORDS[name])} key={name}>
              <span>{numberInWords(classes[name] ?? 0, language)}</span>
            </td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}
