import type { RecordsDifference } from '../../vault/restored/compare-records.js';
import { MomentText } from '../shell/dates.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { numberInWords } from '../words/dates-in-words.js';
import { DIFFERENCE_WORDS, RESTORED_WORDS as WORDS } from '../words/restored-words.js';

export interface RestoredPage {
  /** Absent when the records are in service. */
  readonly restored?: {
    readonly difference: RecordsDifference;
    readonly foundAt: Date;
    readonly knownAt: Date;
    readonly foundSize: number;
    readonly knownSize: number;
    readonly sweptAt?: Date;
    readonly asked: 'nobody' | 'you' | 'another';
  };
  readonly mayRelease: boolean;
}

function Body({ page: { restored, mayRelease } }: { readonly page: RestoredPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      {restored ? <Closed {...restored} mayRelease={mayRelease} /> : <p class="tf-intro">{t(WORDS.none)}</p>}
    </>
  );
}

function Closed(restored: NonNullable<RestoredPage['restored']> & { readonly mayRelease: boolean }) {
  const t = useWords();
  const { language } = useShell();
  const { difference, foundAt, knownAt, foundSize, knownSize, sweptAt, asked, mayRelease } = restored;
  return (
    <>
      <Notice kind="warning" text={WORDS.closed} />
      <dl>
        <dt>{t(WORDS.why)}</dt>
        <dd>{t(DIFFERENCE_WORDS[difference])}</dd>
        <dt>{t(WORDS.found)}</dt>
        <dd><MomentText at={foundAt} /></dd>
        <dt>{t(WORDS.known)}</dt>
        <dd><MomentText at={knownAt} /></dd>
        <dt>{t(WORDS.entries)}</dt>
        <dd>{numberInWords(foundSize, language)} / {numberInWords(knownSize, language)}</dd>
        {sweptAt && <dt>{t(WORDS.checked)}</dt>}
        {sweptAt && <dd><MomentText at={sweptAt} /></dd>}
      </dl>
      {!sweptAt && <p>{t(WORDS.check)}</p>}
      {sweptAt && mayRelease && <Release asked={asked} />}
    </>
  );
}

function Release({ asked }: { readonly asked: 'nobody' | 'you' | 'another' }) {
  const t = useWords();
  if (asked === 'you') return <p>{t(WORDS.asked)}</p>;
  return (
    <PostForm action="/restored">
      <p>{t(asked === 'another' ? WORDS.second : WORDS.ask)}</p>
      <button type="submit" class="usa-button">
        {t(WORDS.submit)}
      </button>
    </PostForm>
  );
}

export const restoredPage: Page<RestoredPage> = { title: () => WORDS.title, width: 'form', Body };
