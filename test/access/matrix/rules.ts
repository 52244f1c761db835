import { API_RULES } from './api-rules.js';
import type { Rule } from './expected.js';
import { PAGE_RULES } from './page-rules.js';

export const RULES: Readonly<Record<string, Rule>> = { ...API_RULES, ...PAGE_RULES };
