import { Transaction } from './transaction.js';

/** A transaction of the key store. Only the vault and the retention folder may have one (the lint file says so). */
export class KeysTx extends Transaction {
  declare private readonly keys: true;
  protected readonly database = 'keys';
}
