import { describePagesInABrowser } from './pages-in-a-browser.js';

describePagesInABrowser(1);
