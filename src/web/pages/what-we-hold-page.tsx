import type { FieldDeclaration } from '../../catalogue/field-declaration.js';
import { PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import { DataTable } from '../shell/data-table.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { GROUP_WORDS } from '../words/intake-words.js';
import { HELD_WORDS as WORDS } from '../words/retention-words.js';
import { SOURCE_WORDS } from '../words/source-words.js';
import { OtherSites, type SiteLink } from './other-sites.js';

export type ExplainedField = Pick<FieldDeclaration, 'path' | 'group' | 'label' | 'why' | 'source'>;

/** Public: every field of the catalogue with its reason, class by class. */
export interface WhatWeHoldPage {
  readonly siteName: string;
  readonly classes: readonly { readonly class: RetentionClass; readonly collected: boolean; readonly fields: readonly ExplainedField[] }[];
  readonly otherSites: readonly SiteLink[];
}

function Body({ page }: { readonly page: WhatWeHoldPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <p>
        {t(WORDS.at)} <bdi>{page.siteName}</bdi>.
      </p>
      {page.classes.map(({ class: name, collected, fields }) => (
        <section key={name} aria-labelledby={`class-${name}`}>
          <h2 id={`class-${name}`}>{t(CLASS_WORDS[name])}</h2>
          {!collected && <p>{t(WORDS.off)}</p>}
          {collected && name === PREPARER_LIST && <p>{t(WORDS.list)}</p>}
          {fields.length > 0 && <Fields fields={fields} caption={t(CLASS_WORDS[name])} />}
        </section>
      ))}
      <OtherSites links={page.otherSites} />
    </>
  );
}

function Fields({ fields, caption }: { readonly fields: readonly ExplainedField[]; readonly caption: string }) {
  const t = useWords();
  return (
    <DataTable class="tf-table tf-table--reasons" caption={caption} columns={[WORDS.question, WORDS.why, WORDS.source]}>
      {fields.map(({ path, group, label, why, source }) => (
        <tr key={path}>
          <th scope="row" data-label={t(WORDS.question)}>
            {t(label)}
            {(group === 'taxpayer' || group === 'spouse') && <span class="tf-quiet"> ({t(GROUP_WORDS[group])})</span>}
          </th>
          <td data-label={t(WORDS.why)}>{t(why)}</td>
          <td data-label={t(WORDS.source)}>
            {t(SOURCE_WORDS[source.form])}
            {source.page !== undefined && `, ${t(WORDS.page)} ${source.page}`}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

export const whatWeHoldPage: Page<WhatWeHoldPage> = { title: () => WORDS.title, width: 'wide', Body };
