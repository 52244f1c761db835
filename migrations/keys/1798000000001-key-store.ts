import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The key store holds life and nothing else: what lives here decides until when anything opens. It has no row security,
 * so that a run cannot be made to overlook a row; only the vault and the retention folders use it. Its thief alone has
 * keys sealed under a master key that is in neither database.
 */
export class KeyStore1798000000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thinfile_service') THEN CREATE ROLE thinfile_service NOLOGIN; END IF;
      END $$`);
    await q.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
    await q.query(`GRANT USAGE ON SCHEMA public TO thinfile_service`);

    // Which master seals the rows now. One row.
    await q.query(`
      CREATE TABLE key_store (
        single boolean CONSTRAINT key_store_pk PRIMARY KEY DEFAULT true CONSTRAINT key_store_only_one CHECK (single),
        master integer NOT NULL,
        last_run_day date
      )`);

    // The key that seals every half; itself sealed under the master, and made anew by every rotation.
    await q.query(`
      CREATE TABLE halves_key (
        single boolean CONSTRAINT halves_key_pk PRIMARY KEY DEFAULT true CONSTRAINT halves_key_only_one CHECK (single),
        id uuid NOT NULL,
        master integer NOT NULL,
        sealed bytea NOT NULL
      )`);
    await q.query(`
      CREATE TABLE half (
        id uuid CONSTRAINT half_pk PRIMARY KEY,
        member_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT half_kind_known CHECK (kind IN ('password', 'session', 'grant')),
        sealed bytea NOT NULL
      )`);
    await q.query(`CREATE INDEX half_by_member ON half (member_id)`);

    // One site, one class, one day of destruction. Deleting the row destroys what its key wraps.
    await q.query(`
      CREATE TABLE bucket (
        id uuid CONSTRAINT bucket_pk PRIMARY KEY,
        site_id uuid NOT NULL,
        class text NOT NULL,
        day date NOT NULL,
        master integer NOT NULL,
        sealed_key bytea NOT NULL,
        CONSTRAINT bucket_once UNIQUE (site_id, class, day)
      )`);

    // No foreign key to bucket: a share whose bucket is gone is dead, and is swept later.
    await q.query(`
      CREATE TABLE life_share (
        intake_id uuid NOT NULL,
        class text NOT NULL,
        site_id uuid NOT NULL,
        tax_year integer NOT NULL,
        created_day date NOT NULL,
        bucket_id uuid NOT NULL,
        due_day date NOT NULL,
        wrapped bytea NOT NULL,
        CONSTRAINT life_share_pk PRIMARY KEY (intake_id, class)
      )`);
    await q.query(`CREATE INDEX life_share_by_bucket_and_day ON life_share (bucket_id, due_day)`);

    // tag: 16 bytes that only the bucket's key and a signed-in preparer of the site can compute. sealed: what the tag is
    // made from, under the bucket's key, so that the run can move the row with nobody signed in.
    await q.query(`
      CREATE TABLE lookup (
        intake_id uuid NOT NULL,
        version integer NOT NULL,
        slot smallint NOT NULL,
        bucket_id uuid NOT NULL,
        tag bytea NOT NULL CONSTRAINT lookup_tag_16 CHECK (length(tag) = 16),
        sealed bytea NOT NULL,
        CONSTRAINT lookup_pk PRIMARY KEY (intake_id, version, slot)
      )`);
    await q.query(`CREATE INDEX lookup_by_tag ON lookup (tag)`);
    await q.query(`CREATE INDEX lookup_by_bucket ON lookup (bucket_id)`);

    // An empty scope column matches everything. The sentinel matches nothing and must always be seen: a run that does
    // not see it is not looking at the hold table, and destroys nothing.
    await q.query(`
      CREATE TABLE hold (
        id uuid CONSTRAINT hold_pk PRIMARY KEY,
        sentinel boolean NOT NULL DEFAULT false,
        site_id uuid,
        intakes uuid[],
        classes text[],
        tax_year integer,
        created_from date,
        created_to date,
        placed_at timestamptz NOT NULL,
        released_at timestamptz
      )`);
    await q.query(`CREATE UNIQUE INDEX hold_one_sentinel ON hold (sentinel) WHERE sentinel`);
    await q.query(`INSERT INTO hold (id, sentinel, placed_at) VALUES ('00000000-0000-4000-8000-000000000000', true, now())`);
    await q.query(`CREATE RULE hold_sentinel_stays AS ON DELETE TO hold WHERE OLD.sentinel DO INSTEAD NOTHING`);

    await q.query(`GRANT SELECT, INSERT, UPDATE ON key_store, halves_key TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON half, bucket, life_share, lookup TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON hold TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE hold, lookup, life_share, bucket, half, halves_key, key_store`);
  }
}
