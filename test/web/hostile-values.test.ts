import { describe, expect, it } from '@jest/globals';
import { renderPage } from '../../src/web/shell/render-page.js';
import { RUN_REASON_WORDS } from '../../src/web/words/retention-words.js';
import { SAMPLES } from './sample-pages.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)><!--&lt;`;

/** Keys whose strings come from a closed list or are checked before: the types allow no other text there. */
const CLOSED = new Set([
  'class', 'closed', 'group', 'kind', 'kinds', 'system', 'role', 'state', 'stage', 'step', 'steps', 'refusal', 'language', 'timeZone', 'form', 'allowed', 'may', 'asked',
  'difference', 'classes', 'what', 'end', 'rule', 'trigger', 'heldBy', 'when', 'check', 'database', 'of', 'period', 'change', 'obstacle', 'purpose', 'purposes', 'detector', 'verdict', 'outcome', 'subject', 'fault', 'code', 'topic', 'damaged', 'differing', 'waitsFor',
]);

/** Every text of a page object replaced by one that tries to break out; a path on our origin stays one. */
function withHostileTexts(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (CLOSED.has(key) || value in RUN_REASON_WORDS || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
    return value.startsWith('/') ? `/${HOSTILE}` : HOSTILE;
  }
  if (Array.isArray(value)) return value.map((item) => withHostileTexts(item, key));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, withHostileTexts(inside, name)]));
}

/** Tags of a document in their order, names only. */
function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, tag]) => tag!);
}

describe('a page whose every text tries to break out', () => {
  it.each(SAMPLES.map((sample) => ({ sample, name: sample.name })))('stays what it is: $name', ({ sample: { shell, page, object } }) => {
    const html = renderPage(withHostileTexts(shell) as typeof shell, page, withHostileTexts(object));
    expect(html).toContain('&lt;script');
    expect(tagsOf(html)).not.toContain('script');
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toContain('<!--');
    expect(html).not.toMatch(/(?:href|action|src)="(?!\/(?!\/)|#)/);
    expect(html).not.toMatch(/\sstyle="/);
  });

  it.each(['javascript:alert(1)', '//evil.example', '/\\evil.example', 'https://evil.example', '/\n/evil.example', ''])('refuses to link to %j', (link) => {
    const { shell, page, object } = SAMPLES.find(({ name }) => name === 'intake-list')!;
    expect(() => renderPage(shell, page, { ...(object as object), older: link || '\\' })).toThrow(RangeError);
  });
});
