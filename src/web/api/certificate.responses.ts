import { ApiProperty } from '@nestjs/swagger';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Certificate } from '../../retention/certificate.js';

class BucketDestroyed {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ format: 'uuid' })
  readonly site: string;

  @ApiProperty({ enum: RETENTION_CLASSES })
  readonly class: RetentionClass;

  @ApiProperty({ type: String, format: 'date' })
  readonly day: string;

  @ApiProperty({ type: 'integer', description: 'Life shares that died with it: one per intake.' })
  readonly shares: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'How many of them were due on which day.' })
  readonly due: Readonly<Record<string, number>>;

  @ApiProperty({ type: 'integer', description: 'Those of which the log shows nothing: a creation or a change was cut short, or came after the backup that the records came back from.' })
  readonly unlogged: number;

  @ApiProperty({ type: 'integer', description: 'Shares that live on and were carried over.' })
  readonly moved: number;
}

class KeyStoreCounts {
  @ApiProperty({ type: 'integer' })
  readonly buckets: number;

  @ApiProperty({ type: 'integer' })
  readonly shares: number;
}

class RecordsCounts {
  @ApiProperty({ type: 'integer' })
  readonly intakes: number;

  @ApiProperty({ type: 'integer' })
  readonly sections: number;
}

class CountsOfStores {
  @ApiProperty({ type: () => KeyStoreCounts })
  readonly keyStore: KeyStoreCounts;

  @ApiProperty({ type: () => RecordsCounts })
  readonly records: RecordsCounts;
}

class CountsBeforeAndAfter {
  @ApiProperty({ type: () => CountsOfStores })
  readonly before: CountsOfStores;

  @ApiProperty({ type: () => CountsOfStores })
  readonly after: CountsOfStores;
}

class PlaceInLog {
  @ApiProperty({ description: 'The log’s own name.' })
  readonly origin: string;

  @ApiProperty({ type: 'integer', description: 'The index of the intention.' })
  readonly intended: number;

  @ApiProperty({ type: 'integer', description: 'The index of the result.' })
  readonly finished: number;
}

/** As it was signed (docs/formats.md, "Destruction certificate"). */
class CertificateDocument implements Certificate {
  @ApiProperty({ enum: ['destruction-certificate'] })
  readonly kind: Certificate['kind'];

  @ApiProperty({ type: 'integer', enum: [2] })
  readonly v: Certificate['v'];

  @ApiProperty({ format: 'uuid' })
  readonly run: string;

  @ApiProperty({ type: 'integer' })
  readonly policyVersion: number;

  @ApiProperty({ description: 'SHA-256 of the policy’s document, in hexadecimal.' })
  readonly policyDigest: string;

  @ApiProperty({ type: String, format: 'date' })
  readonly policyEffectiveDay: Certificate['policyEffectiveDay'];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', format: 'date' }, description: 'Today at each site, by its id.' })
  readonly days: Certificate['days'];

  @ApiProperty({ type: () => BucketDestroyed, isArray: true })
  readonly buckets: Certificate['buckets'];

  @ApiProperty({ type: 'integer', description: 'Shares that live on and were carried over.' })
  readonly moved: number;

  @ApiProperty({ type: () => CountsBeforeAndAfter })
  readonly counts: Certificate['counts'];

  @ApiProperty({ type: 'integer' })
  readonly holdsInForce: number;

  @ApiProperty({ type: 'integer', description: 'Shares past their day that holds kept.' })
  readonly heldShares: number;

  @ApiProperty({ type: 'integer', description: 'Intakes whose days were put right, as the log has them, before anything was destroyed.' })
  readonly corrected: number;

  @ApiProperty({ type: Boolean, enum: [true] })
  readonly keyStoreReread: true;

  @ApiProperty({ type: 'integer', description: 'The number of the new master.' })
  readonly master: number;

  @ApiProperty({ type: () => PlaceInLog })
  readonly log: Certificate['log'];

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: string;
}

export class SignedCertificate {
  @ApiProperty({ format: 'uuid', description: 'Of its run.' })
  readonly id: string;

  @ApiProperty({ type: () => CertificateDocument })
  readonly certificate: Certificate;

  @ApiProperty({ description: 'The same document with the log’s signature (C2SP signed-note).' })
  readonly note: string;
}
