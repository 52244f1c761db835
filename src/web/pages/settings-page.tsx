import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import type { FormerTimeZone } from '../../access/site-day.js';
import { REGIMES, type Regime } from '../../access/site.js';
import type { Day } from '../../platform/clock.js';
import { DayText } from '../shell/dates.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { WatchFields, type WatchFieldsProps } from './watch-fields.js';
import { SETTINGS_WORDS as WORDS } from '../words/settings-words.js';

/** Papers are not here: this version cannot keep any. */
export interface SettingsPage {
  readonly name: string;
  readonly collectCredentials: boolean;
  readonly collectNotes: boolean;
  /** Absent in an attempt by a form that did not ask. */
  readonly regime?: Regime;
  /** As stored, or as typed in an attempt that was refused. */
  readonly seasonEnd: Day | string;
  readonly timeZone: string;
  readonly timeZones: readonly string[];
  /** Left within thirty days. Absent in an attempt that was refused. */
  readonly formerTimeZones?: readonly FormerTimeZone[];
  readonly watch: WatchFieldsProps['values'];
  /** The fields as the form was opened, whatever was typed since. */
  readonly openedWith: string;
  readonly problems: readonly FormProblem[];
}

const COLLECTED = ['collectCredentials', 'collectNotes'] as const;

function Body({ page }: { readonly page: SettingsPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={page.problems} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <PostForm action="/settings">
        <input type="hidden" name="openedWith" value={page.openedWith} />
        <PlainField name="name" label={WORDS.name} hint={WORDS.nameHint} value={page.name} problems={page.problems} />
        <fieldset class="usa-fieldset usa-form-group" aria-describedby="collect-hint">
          <legend class="usa-legend">{t(WORDS.collect)}</legend>
          <span class="usa-hint" id="collect-hint">
            {t(WORDS.collectHint)}
          </span>
          {COLLECTED.map((name) => (
            <div class="usa-checkbox" key={name}>
              <input class="usa-checkbox__input" id={name} type="checkbox" name={name} value="yes" checked={page[name]} />
              <label class="usa-checkbox__label" for={name}>
                {t(WORDS[name])}
              </label>
            </div>
          ))}
        </fieldset>
        <fieldset class="usa-fieldset usa-form-group" aria-describedby="regime-hint">
          <legend class="usa-legend">{t(WORDS.regime)}</legend>
          <span class="usa-hint" id="regime-hint">
            {t(WORDS.regimeHint)}
          </span>
          {REGIMES.map((regime) => (
            <div class="usa-radio" key={regime}>
              <input class="usa-radio__input" id={`regime-${regime}`} type="radio" name="regime" value={regime} checked={page.regime === regime} />
              <label class="usa-radio__label" for={`regime-${regime}`}>
                {t(WORDS[regime])}
              </label>
            </div>
          ))}
        </fieldset>
        <PlainField name="seasonEnd" type="date" label={WORDS.seasonEnd} hint={WORDS.seasonHint} value={page.seasonEnd} problems={page.problems} />
        <PlainField name="timeZone" label={WORDS.timeZone} hint={WORDS.timeZoneHint} value={page.timeZone} problems={page.problems} list={page.timeZones} />
        {page.formerTimeZones?.map(({ timeZone, until }) => (
          <p class="usa-hint" key={timeZone}>
            {t(WORDS.formerTimeZone)} {timeZone} {t(WORDS.formerUntil)} <DayText day={until} />.
          </p>
        ))}
        <WatchFields values={page.watch} problems={page.problems} />
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

export const settingsPage: Page<SettingsPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
