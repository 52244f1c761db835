import type { Wording } from '../../catalogue/wording.js';
import type { AskedInput } from '../form/asked-input.js';
import type { FormValues } from '../form/form-values.js';
import { labelIn, QuestionForm } from '../form/question-form.js';
import type { ClassLives } from '../form/retention-line.js';
import { FORM_WORDS } from '../words/form-words.js';
import { DataTable } from '../shell/data-table.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { CONFLICT_WORDS as WORDS } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

/** One question where what was typed and what is stored now are not the same; in words, undefined for a blank. */
export interface Difference {
  readonly path: string;
  readonly yours?: string;
  readonly stored?: string;
}

/** 409: the same page again with what was typed, and what is stored now beside it. Saving sends the new version. */
export interface ConflictPage {
  /** As it is stored now, its new version included. */
  readonly intake: IntakeFacts;
  /** Which page this was. */
  readonly about: Wording;
  /** Of the page whose save was refused, and where it can be opened anew. */
  readonly action: LocalPath;
  readonly reopen: LocalPath;
  readonly inputs: readonly AskedInput[];
  /** What was typed, and what is stored now wherever nothing was. */
  readonly values: FormValues;
  /** What is stored now, as marks of it. */
  readonly openedWith: string;
  readonly differences: readonly Difference[];
  readonly lives: ClassLives;
  readonly personNames?: readonly (string | undefined)[];
  readonly foldsPeople?: boolean;
}

function Body({ page }: { readonly page: ConflictPage }) {
  const t = useWords();
  const blank = t(FORM_WORDS.blank);
  const stored = Object.fromEntries(page.differences.map((difference) => [difference.path, difference.stored ?? blank]));
  return (
    <>
      <IntakeHeading intake={page.intake} />
      <p class="tf-step">{t(page.about)}</p>
      <h1>{t(WORDS.title)}</h1>
      <Notice kind="error" text={WORDS.explain} />
      {page.differences.length === 0 ? <p>{t(WORDS.same)}</p> : <Differences page={page} />}
      <p>
        <Link to={page.reopen}>{t(WORDS.discard)}</Link>
      </p>
      <QuestionForm
        action={page.action}
        version={page.intake.version}
        inputs={page.inputs}
        values={page.values}
        openedWith={page.openedWith}
        problems={[]}
        lives={page.lives}
        personNames={page.personNames ?? []}
        foldsPeople={page.foldsPeople ?? false}
        stored={stored}
      >
        <button type="submit" class="usa-button" name="next" value="topic">
          {t(WORDS.submit)}
        </button>
      </QuestionForm>
    </>
  );
}

function Differences({ page }: { readonly page: ConflictPage }) {
  const t = useWords();
  const labelOf = labelIn(page.inputs, t);
  const cell = (text: string | undefined) => (text === undefined ? <em>{t(FORM_WORDS.blank)}</em> : <bdi>{text}</bdi>);
  return (
    <DataTable columns={[WORDS.question, WORDS.yours, WORDS.stored]}>
      {page.differences.map(({ path, yours, stored }) => (
        <tr key={path}>
          <th scope="row" data-label={t(WORDS.question)}>
            {labelOf(path) ?? path}
          </th>
          <td data-label={t(WORDS.yours)}>{cell(yours)}</td>
          <td data-label={t(WORDS.stored)}>{cell(stored)}</td>
        </tr>
      ))}
    </DataTable>
  );
}

export const conflictPage: Page<ConflictPage> = { title: () => WORDS.title, hasProblems: () => true, width: 'wide', Body };
