import { ANSWER_GROUPS } from './answers.js';
import { buildCatalogue } from './build-catalogue.js';
import type { Catalogue } from './field-declaration.js';

/** The one catalogue of this build. Loading it throws if any property of an answer class is not declared. */
export const catalogue: Catalogue = buildCatalogue({ version: 2, formYear: 2025, groups: ANSWER_GROUPS });
