import { blockOf } from '../../catalogue/topics.js';
import type { Wording } from '../../catalogue/wording.js';
import { GROUP_WORDS } from '../words/intake-words.js';
import type { AskedInput } from './asked-input.js';

/** Questions under one heading: of one block, one group or, in the household, one person. */
export interface TopicSection {
  readonly heading: Wording;
  /** From 0; only of the household. */
  readonly position?: number;
  readonly inputs: readonly AskedInput[];
}

/** Cuts a page's questions at its blocks or, where it has none, where whom they are about changes, so that "your" is always clear. */
export function topicSections(inputs: readonly AskedInput[]): readonly TopicSection[] {
  const sections: { heading: Wording; position?: number; inputs: AskedInput[] }[] = [];
  for (const input of inputs) {
    const { group, path } = input.field;
    const heading = blockOf(path)?.title ?? GROUP_WORDS[group];
    const position = group === 'household' ? Number(input.path.split('.')[1]) : undefined;
    const last = sections.at(-1);
    if (last !== undefined && last.heading === heading && last.position === position) {
      last.inputs.push(input);
    } else {
      sections.push({ heading, ...(position === undefined ? {} : { position }), inputs: [input] });
    }
  }
  return sections;
}
