/** SQL, the first of a transaction: every statement of it sees what there was at the next. */
export const ONE_MOMENT = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';
