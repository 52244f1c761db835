import type { GivenConsent } from '../../catalogue/given-consents.js';
import type { KeptYear } from '../../intake/list-kept-consents.js';
import { day, type Day } from '../../platform/clock.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { CONSENT_FORM_WORDS, KEPT_CONSENTS_WORDS as WORDS, yearInWords } from '../words/kept-consents-words.js';
import { PartOfList, PartsOfList } from './printed-list.js';

export interface KeptYearsPage {
  readonly years: readonly KeptYear[];
}

export interface KeptConsentsPage {
  /** The filing year. */
  readonly year: number;
  readonly intakes: readonly ShownConsents[];
  readonly next?: LocalPath;
}

interface ShownConsents {
  /** Of its page with consents. */
  readonly path: LocalPath;
  readonly taxYear: number;
  /** A legal hold keeps them past their day: they open for nobody. */
  readonly isPreserved: boolean;
  /** While they are alive. */
  readonly readableUntil?: Day;
  /** Absent where they could not be opened. */
  readonly given?: readonly GivenConsent[];
}

function Years({ page: { years } }: { readonly page: KeptYearsPage }) {
  const { language } = useShell();
  const rows = years.map(({ year, intakes }) => (
    <tr key={year}>
      <th scope="row">
        <Link to={`/kept-consents/${year}`}>{year}</Link>
      </th>
      <td>{numberInWords(intakes, language)}</td>
    </tr>
  ));
  return <PartsOfList words={WORDS} columns={[WORDS.year, WORDS.intakes]} rows={rows} />;
}

function OfYear({ page: { year, intakes, next } }: { readonly page: KeptConsentsPage }) {
  const t = useWords();
  const columns = [WORDS.name, WORDS.what, WORDS.givenOn, WORDS.taxYear, WORDS.readableUntil];
  const rows = intakes.flatMap(({ given, ...intake }) =>
    given === undefined
      ? [<ConsentRow key={intake.path} {...intake} />]
      : given.map((consent) => <ConsentRow key={`${intake.path} ${consent.form} ${consent.bySpouse}`} {...intake} consent={consent} />),
  );
  return <PartOfList words={WORDS} part={t(yearInWords(year))} columns={columns} rows={rows} next={next} all="/kept-consents" />;
}

interface ConsentRowProps extends Omit<ShownConsents, 'given'> {
  readonly consent?: GivenConsent;
}

function ConsentRow({ path, taxYear, isPreserved, readableUntil, consent }: ConsentRowProps) {
  const t = useWords();
  const unopened = isPreserved ? WORDS.preserved : WORDS.nobody;
  return (
    <tr>
      <th scope="row" data-label={t(WORDS.name)}>
        <Link to={path}>{consent === undefined ? t(unopened) : consent.name === undefined ? t(WORDS.noName) : <bdi>{consent.name}</bdi>}</Link>
        {consent?.bySpouse && <span class="tf-quiet"> ({t(WORDS.spouse)})</span>}
      </th>
      <td data-label={t(WORDS.what)}>{consent && <Which {...consent} />}</td>
      <td data-label={t(WORDS.givenOn)}>{consent && <DayText day={day(consent.givenOn)} />}</td>
      <td data-label={t(WORDS.taxYear)}>{taxYear}</td>
      <td data-label={t(WORDS.readableUntil)}>{readableUntil !== undefined && <DayText day={readableUntil} />}</td>
    </tr>
  );
}

function Which({ form, version }: GivenConsent) {
  const t = useWords();
  return (
    <>
      {t(CONSENT_FORM_WORDS[form])}
      {version !== undefined && (
        <>
          , {t(WORDS.version)} <bdi>{version}</bdi>
        </>
      )}
    </>
  );
}

export const keptYearsPage: Page<KeptYearsPage> = { title: () => WORDS.title, width: 'form', Body: Years };
export const keptConsentsPage: Page<KeptConsentsPage> = { title: () => WORDS.title, width: 'wide', Body: OfYear };
