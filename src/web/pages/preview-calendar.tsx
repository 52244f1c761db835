import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { classesInWords, intakesInWords, PREVIEW_WORDS as WORDS } from '../words/preview-words.js';

/** Classes of which the same number goes, or is held. */
export interface CalendarGroup {
  readonly intakes: number;
  readonly classes: readonly RetentionClass[];
}

export interface CalendarRow {
  readonly day: Day;
  readonly destroyed: readonly CalendarGroup[];
  readonly held: readonly CalendarGroup[];
}

export function PreviewCalendar({ rows }: { readonly rows: readonly CalendarRow[] }) {
  const t = useWords();
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{t(WORDS.calendar)}</h2>
      {rows.length === 0 ? (
        <p>{t(WORDS.calendarEmpty)}</p>
      ) : (
        <>
          <p class="tf-quiet">{t(WORDS.calendarExplain)}</p>
          <DataTable caption={t(WORDS.calendar)} columns={[WORDS.on, WORDS.goes, WORDS.held]}>
            {rows.map(({ day, destroyed, held }) => (
              <tr key={day}>
                <th scope="row" data-label={t(WORDS.on)}>
                  <DayText day={day} />
                </th>
                <td data-label={t(WORDS.goes)}>
                  <Groups groups={destroyed} />
                </td>
                <td data-label={t(WORDS.held)}>
                  <Groups groups={held} />
                </td>
              </tr>
            ))}
          </DataTable>
        </>
      )}
    </section>
  );
}

function Groups({ groups }: { readonly groups: readonly CalendarGroup[] }) {
  const t = useWords();
  if (groups.length === 0) return <span>–</span>;
  return (
    <div>
      {groups.map(({ intakes, classes }) => (
        <p key={intakes}>
          <strong>{t(intakesInWords(intakes))}:</strong> {t(classesInWords(classes))}
        </p>
      ))}
    </div>
  );
}
