import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { inputId } from '../form/asked-input.js';
import { LongTextControl, RadioControl, SelectControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { GroupedQuestion, LabelledQuestion } from '../form/question-frame.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { NEW_HOLD_WORDS as WORDS } from '../words/hold-words.js';

export interface NewHoldPage {
  /** To choose from, for members of the organisation; others hold what is their own site's. */
  readonly sites?: readonly { readonly id: string; readonly name: string }[];
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}



function Body({ page }: { readonly page: NewHoldPage }) {
  const t = useWords();
  const { typed, problems, sites } = page;
  const field = (name: 'taxYear' | 'from' | 'to') => ({ name, label: WORDS[name], value: typed[name], problems });
  return (
    <>
      <ErrorSummary problems={problems} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <PostForm action="/holds/new">
        <PlainField name="matter" label={WORDS.matter} hint={WORDS.matterHint} value={typed['matter']} problems={problems} />
        {sites !== undefined && <Site {...page} sites={sites} />}
        <What {...page} />
        <Intakes {...page} />
        <Classes {...page} />
        <PlainField {...field('taxYear')} hint={WORDS.taxYearHint} inputMode="numeric" />
        <PlainField {...field('from')} type="date" />
        <PlainField {...field('to')} type="date" />
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
      <p>
        <Link to="/holds">{t(WORDS.cancel)}</Link>
      </p>
    </>
  );
}

function Site({ sites, typed, problems }: NewHoldPage & { readonly sites: NonNullable<NewHoldPage['sites']> }) {
  const t = useWords();
  const id = inputId('site');
  const error = problemAt(problems, 'site')?.reason;
  const options = sites.map((site) => ({ value: site.id, label: site.name }));
  const control = { id, name: 'site', values: typed, options, blank: t(WORDS.everySite) };
  return (
    <LabelledQuestion id={id} label={t(WORDS.site)} error={error && t(error)}>
      <SelectControl {...control} describedBy={describedBy(id, { error })} invalid={error !== undefined} />
    </LabelledQuestion>
  );
}

function What({ typed, problems }: NewHoldPage) {
  const t = useWords();
  const id = inputId('what');
  const error = problemAt(problems, 'what')?.reason;
  const hint = WORDS.all;
  const options = (['named', 'everything'] as const).map((value) => ({ value, label: t(WORDS[value]) }));
  return (
    <GroupedQuestion id={id} label={t(WORDS.what)} hint={t(hint)} error={error && t(error)} describedBy={describedBy(id, { hint, error })}>
      <RadioControl id={id} name="what" chosen={typed['what'] ?? ''} options={options} />
    </GroupedQuestion>
  );
}

function Intakes({ typed, problems }: NewHoldPage) {
  const t = useWords();
  const id = inputId('intakes');
  const error = problemAt(problems, 'intakes')?.reason;
  const hint = WORDS.intakesHint;
  return (
    <LabelledQuestion id={id} label={t(WORDS.intakes)} hint={t(hint)} error={error && t(error)}>
      <LongTextControl id={id} name="intakes" values={typed} rows={4} describedBy={describedBy(id, { hint, error })} invalid={error !== undefined} />
    </LabelledQuestion>
  );
}

function Classes({ typed }: NewHoldPage) {
  const t = useWords();
  const id = inputId('classes');
  const hint = WORDS.classesHint;
  return (
    <GroupedQuestion id={id} label={t(WORDS.classes)} hint={t(hint)} describedBy={describedBy(id, { hint })}>
      {RETENTION_CLASSES.map((name) => (
        <div class="usa-checkbox" key={name}>
          <input class="usa-checkbox__input" id={`${id}-${name}`} type="checkbox" name={`class.${name}`} value="yes" checked={typed[`class.${name}`] === 'yes'} />
          <label class="usa-checkbox__label" for={`${id}-${name}`}>
            {t(CLASS_WORDS[name])}
          </label>
        </div>
      ))}
    </GroupedQuestion>
  );
}

export const newHoldPage: Page<NewHoldPage> = { title: () => WORDS.title, hasProblems: ({ problems }) => problems.length > 0, width: 'form', Body };
