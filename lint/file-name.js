import { basename } from 'node:path';

const CATCH_ALL = /^(index|utils?|helpers?|common|misc|shared|base)\.|\.(service|util|utils|helper|helpers)\.|[A-Z_]/;

/** A file holds one thing and is named for it; a name that fits anything gathers everything. */
export const fileName = {
  meta: { type: 'problem', schema: [], messages: { name: '{{name}} does not say what the file holds.' } },
  create(context) {
    const name = basename(context.filename);
    return {
      Program(node) {
        if (CATCH_ALL.test(name)) context.report({ node, messageId: 'name', data: { name } });
      },
    };
  },
};
