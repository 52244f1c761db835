import { SHELL_WORDS as WORDS } from '../words/shell-words.js';
import { Link } from './link.js';
import { useWords } from './shell.js';

/** The same words and the same way to help at the end of every page (WCAG 2.2, 3.2.6). */
export function PageFooter() {
  const t = useWords();
  return (
    <footer class="tf-footer">
      <p>{t(WORDS.footer)}</p>
      <p>
        {t(WORDS.help)} <Link to="/policy">{t(WORDS.howLong)}</Link>
      </p>
    </footer>
  );
}
