import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { DataTable } from '../shell/data-table.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { SETTINGS_WORDS } from '../words/settings-words.js';
import { SITES_WORDS as WORDS } from '../words/sites-words.js';

export interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Where whoever looks works now. */
  readonly isHere: boolean;
}

export interface SitesPage {
  readonly sites: readonly SiteRow[];
  /** Present only for those who may open one; holds what was typed. */
  readonly opening?: NewSiteForm;
}

export interface NewSiteForm {
  readonly name: string;
  readonly timeZone: string;
  readonly timeZones: readonly string[];
  readonly problems: readonly FormProblem[];
}

function Body({ page: { sites, opening } }: { readonly page: SitesPage }) {
  const t = useWords();
  const labels: Readonly<Record<string, string>> = { name: t(SETTINGS_WORDS.name), timeZone: t(WORDS.timeZone) };
  return (
    <>
      <ErrorSummary problems={opening?.problems ?? []} labelOf={(path) => labels[path]} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <DataTable columns={[WORDS.name, WORDS.timeZone, WORDS.work]}>
        {sites.map((site) => (
          <Row key={site.id} site={site} />
        ))}
      </DataTable>
      {opening !== undefined && <OpenSiteForm {...opening} />}
    </>
  );
}

function Row({ site: { id, name, timeZone, isHere } }: { readonly site: SiteRow }) {
  const t = useWords();
  return (
    <tr>
      <th scope="row" data-label={t(WORDS.name)}>
        <bdi>{name}</bdi>
      </th>
      <td data-label={t(WORDS.timeZone)}>{timeZone}</td>
      <td data-label={t(WORDS.work)}>
        {isHere ? (
          t(WORDS.here)
        ) : (
          <PostForm action="/sites/work" class="tf-inline-form" hidden={{ siteId: id }}>
            <button type="submit" class="usa-button usa-button--outline">
              {t(WORDS.choose)}
              <span class="usa-sr-only"> {name}</span>
            </button>
          </PostForm>
        )}
      </td>
    </tr>
  );
}

function OpenSiteForm({ name, timeZone, timeZones, problems }: NewSiteForm) {
  const t = useWords();
  return (
    <section aria-labelledby="open-site">
      <h2 id="open-site">{t(WORDS.newTitle)}</h2>
      <p>{t(WORDS.newHint)}</p>
      <PostForm action="/sites">
        <PlainField name="name" label={SETTINGS_WORDS.name} hint={SETTINGS_WORDS.nameHint} value={name} problems={problems} />
        <PlainField name="timeZone" label={WORDS.timeZone} hint={SETTINGS_WORDS.timeZoneHint} value={timeZone} problems={problems} list={timeZones} />
        <button type="submit" class="usa-button">
          {t(WORDS.open)}
        </button>
      </PostForm>
    </section>
  );
}

export const sitesPage: Page<SitesPage> = {
  title: () => WORDS.title,
  hasProblems: ({ opening }) => (opening?.problems.length ?? 0) > 0,
  width: 'wide',
  Body,
};
