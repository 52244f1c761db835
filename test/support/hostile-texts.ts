/** Who takes a text: every free text that is long enough for it, the long ones alone, or none. */
type Takers = 'texts' | 'long texts' | 'none';

export interface HostileText {
  readonly what: string;
  readonly text: string;
  readonly takers: Takers;
}

const taken = (what: string, text: string): HostileText => ({ what, text, takers: 'texts' });
const lines = (what: string, text: string): HostileText => ({ what, text, takers: 'long texts' });
const refused = (what: string, text: string): HostileText => ({ what, text, takers: 'none' });

/** Texts that mean something to somebody else: to a database, a browser, a spreadsheet, a terminal, a template, a log. */
const MEANINGFUL: readonly HostileText[] = [
  taken('SQL', `'; DROP TABLE intake; --`),
  taken('SQL', `x' OR '1'='1`),
  taken('SQL', String.raw`\'; SELECT pg_sleep(9)--`),
  taken('a parameter', '$1 %s ? :id'),
  taken('an element', '<script>alert(1)</script>'),
  taken('an element', '<img src=x onerror=alert(1)>'),
  taken('an end of what it stands in', `"'></bdi></textarea><b>`),
  taken('an attribute', `" autofocus onfocus="x`),
  taken('a comment', '--><!--<![CDATA[ ]]>'),
  taken('entities', '&lt;b&gt; &amp;amp; &#60;'),
  taken('an address', 'javascript:alert(1)'),
  taken('a template', '${1+1} {{7*7}} <%= 1 %>'),
  taken('a formula', `=cmd|'/C calc'!A0`),
  taken('a formula', '+1+1'),
  taken('a formula', '-2+3'),
  taken('a formula', '@SUM(A1:A9)'),
  taken('a path', '../../../../etc/passwd'),
  taken('a log entry', '${jndi:ldap://x/a}'),
  taken('a name of every object', '__proto__'),
  taken('a name of every object', 'constructor'),
  taken('a word of JSON', 'null'),
  taken('a form within a form', 'a=1&b=2;c=%41+d'),
  taken('escapes that mean nothing here', String.raw`\u0000 \x00 %00 \n`),
];

/** Characters that are not what they seem, or are nothing at all. */
const UNSEEN: readonly HostileText[] = [
  taken('a bidirectional override', 'Ana \u202egnp.exe'),
  taken('overrides left open', 'a\u202d\u202e\u202a\u202bb'),
  taken('isolates left open', 'a\u2066\u2067\u2068b'),
  taken('marks of direction', '\u200eAna\u200f\u061c!'),
  taken('no width', 'A\u200bn\u200ca\u200d\u2060!'),
  taken('a mark of order within', 'a\ufeffb'),
  taken('a letter and its mark apart', 'Zoe\u0308'),
  taken('a letter with its mark', 'Zo\u00eb'),
  taken('compatible letters', 'ﬁ ① Å ª'),
  taken('a flood of marks', `Z${'\u0301\u0316'.repeat(14)}`),
  taken('characters for nobody', 'a\ue000\u{f0000}\ufffd\uffff b'),
  taken('tags', 'a\u{e0041}\u{e007f}b'),
  taken('separators of lines', 'a\u2028b\u2029c'),
  taken('look-alikes', 'Аna Сorр'),
  lines('a tab', 'a\tb'),
  lines('lines', 'a\nb'),
  lines('lines of other systems', 'a\r\nb\rc'),
  refused('a header', 'a\r\nSet-Cookie: x=1\u0000'),
  refused('a NUL', 'a\0b'),
  refused('a bell', 'a\u0007b'),
  refused('a colour of a terminal', 'a\u001b[31mb'),
  refused('a delete', 'a\u007fb'),
  refused('a next line', 'a\u0085b'),
  refused('a sequence of C1', 'a\u009bb'),
  refused('half a character', 'a\ud800b'),
  refused('the other half', 'a\udc00b'),
  refused('halves the wrong way', '\udc00\ud800'),
];

/** As long as any name may be, in many scripts and in characters of four bytes. */
const NAMES: readonly HostileText[] = Object.entries({
  Arabic: 'عبدالرحمن',
  Hebrew: 'שלומית',
  Devanagari: 'श्रीनिवास',
  Thai: 'ศิริพร',
  Chinese: '欧阳娜娜',
  Japanese: 'さくら子ヶ',
  Korean: '김하늘빛',
  Amharic: 'ተስፋዬ',
  Cyrillic: 'Владислава',
  Greek: 'Κωνσταντίνος',
  Vietnamese: 'Nguyễn Thị Ánh',
  Georgian: 'გიორგი',
  Armenian: 'Հովհաննես',
  Tamil: 'சுப்பிரமணியன்',
  Latin: "O’Brien-Núñez d'",
  Cherokee: 'ᏣᎳᎩ',
  Gothic: '𐌰𐌱𐌲',
  Adlam: '𞤀𞤁𞤂',
  emoji: '🙂👩🏽‍🚀',
}).map(([script, letters]) => taken(`a long name, ${script}`, ofLength(letters, 128)));

/** Exactly so many characters, none of them a space at the end. */
function ofLength(letters: string, count: number): string {
  const characters = [...letters];
  const text = Array.from({ length: count }, (_, at) => characters[at % characters.length]!);
  return [...text.slice(0, -1), characters[0]!].join('');
}

export const HOSTILE_TEXTS: readonly HostileText[] = [
  ...MEANINGFUL,
  ...UNSEEN,
  ...NAMES,
  taken('one character too long for a name', 'x'.repeat(129)),
  taken('much too long', 'x'.repeat(1000)),
];

/** Values of a kind that JSON has and no field takes. */
export const WRONG_TYPES: readonly (readonly [string, unknown])[] = [
  ['a negative number', -1],
  ['a fraction', 1.5],
  ['a huge number', 1e300],
  ['a list', ['Ana']],
  ['a list of nothing', []],
  ['an object', { value: 'Ana' }],
  ['an object of nothing', {}],
  ['an object of every object', { toString: 'x', constructor: 'y' }],
  ['something deep', [[[[[[['Ana']]]]]]]],
];
