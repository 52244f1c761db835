/**
 * SQL: columns that have PostgreSQL look rows up one by one for the rest of the transaction. A batch is a small part of its tables: left to itself it goes through the
 * whole log for each, and keeps to a plan that it made while the log was small.
 */
export const ROW_BY_ROW = ['seqscan', 'hashjoin', 'mergejoin'].map((way) => `set_config('enable_${way}', 'off', true)`).join(', ');
