import { KeyStore1798000000001 } from './1798000000001-key-store.js';
import { DestroyedBuckets1798000000002 } from './1798000000002-destroyed-buckets.js';

export const keysMigrations = [KeyStore1798000000001, DestroyedBuckets1798000000002];
