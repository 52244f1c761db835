import type { Wording } from '../../catalogue/wording.js';
import { answerInWords } from '../form/answer-in-words.js';
import type { ConflictPage, Difference } from '../pages/conflict-page.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Language } from '../words/language.js';
import { storedForm, topicFrame } from './topic-page-object.js';
import { typedDifferences, type TypedDifference, type Unsaved } from './typed-differences.js';

interface ConflictPlace {
  /** What the page asks about. */
  readonly about: Wording;
  readonly action: LocalPath;
  readonly reopen: LocalPath;
}

/** What was typed beside what is stored now; the form carries the version of what is stored now. */
export function conflictPageObject(unsaved: Unsaved, place: ConflictPlace, language: Language): ConflictPage {
  const { opened, inputs, values } = unsaved;
  const { intake, lives } = topicFrame(opened);
  const differences = typedDifferences(unsaved).map((difference) => inWords(difference, language));
  return { ...place, intake, lives, inputs, ...storedForm(opened, inputs), values, differences };
}

function inWords({ input: { path, field }, typed, stored }: TypedDifference, language: Language): Difference {
  const yours = answerInWords(field, typed, language);
  const theirs = answerInWords(field, stored, language);
  return { path, ...(yours === undefined ? {} : { yours }), ...(theirs === undefined ? {} : { stored: theirs }) };
}
