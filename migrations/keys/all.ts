import { KeyStore1798000000001 } from './1798000000001-key-store.js';
import { DestroyedBuckets1798000000002 } from './1798000000002-destroyed-buckets.js';
import { RecordsMemory1798000000003 } from './1798000000003-records-memory.js';
import { SaveLife1798000000004 } from './1798000000004-save-life.js';
import { ReasonOfRelease1798000000005 } from './1798000000005-reason-of-release.js';
import { TwoBlanks1798000000006 } from './1798000000006-two-blanks.js';
import { AcceptedVersions1798000000007 } from './1798000000007-accepted-versions.js';
import { Holds1798000000008 } from './1798000000008-holds.js';
import { CarriedOver1798000000009 } from './1798000000009-carried-over.js';
import { FewerPlans1798000000010 } from './1798000000010-fewer-plans.js';
import { BucketRing1798000000011 } from './1798000000011-bucket-ring.js';

export const keysMigrations = [
  KeyStore1798000000001,
  DestroyedBuckets1798000000002,
  RecordsMemory1798000000003,
  SaveLife1798000000004,
  ReasonOfRelease1798000000005,
  TwoBlanks1798000000006,
  AcceptedVersions1798000000007,
  Holds1798000000008,
  CarriedOver1798000000009,
  FewerPlans1798000000010,
  BucketRing1798000000011,
];
