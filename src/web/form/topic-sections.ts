import type { AskedInput } from './asked-input.js';

/** Questions under one heading: of one group or, in the household, of one person. */
export interface TopicSection {
  readonly group: AskedInput['field']['group'];
  /** From 0; only of the household. */
  readonly position?: number;
  readonly inputs: readonly AskedInput[];
}

/** Cuts a page's questions where whom they are about changes, so that "your" is always clear. */
export function topicSections(inputs: readonly AskedInput[]): readonly TopicSection[] {
  const sections: { group: TopicSection['group']; position?: number; inputs: AskedInput[] }[] = [];
  for (const input of inputs) {
    const { group } = input.field;
    const position = group === 'household' ? Number(input.path.split('.')[1]) : undefined;
    const last = sections.at(-1);
    if (last !== undefined && last.group === group && last.position === position) {
      last.inputs.push(input);
    } else {
      sections.push({ group, ...(position === undefined ? {} : { position }), inputs: [input] });
    }
  }
  return sections;
}
