import { Transaction } from './transaction.js';

/** A transaction of the records database. Passing it where the key store's is wanted does not compile. */
export class RecordsTx extends Transaction {
  declare private readonly records: true;
  protected readonly database = 'records';
}
