-- Why a scope owes a full pass; NULL where it owes none.
ALTER TABLE {checkpoint} ADD COLUMN full_pass_owed TEXT;

-- The ids of a held deletion are rows: a plan of a million is read and worked off in pages.
CREATE TABLE {held_id} (
  tenant $key NOT NULL, connection $key NOT NULL, plan $key NOT NULL, id $key NOT NULL,
  PRIMARY KEY (tenant, connection, plan, id)
)$small;

INSERT INTO {held_id} (tenant, connection, plan, id)
  SELECT DISTINCT h.tenant, h.connection, h.plan, $second FROM {held} h CROSS JOIN $pairs(h.refs);

ALTER TABLE {held} DROP COLUMN refs;

ALTER TABLE {held} DROP COLUMN missing;

-- The fingerprints of listed ids and the hash of a request are made in another way: passes that are under way begin again, and the
-- next request of each kind is sent without its ETag.
UPDATE {checkpoint} SET suspects = '', pass_mode = NULL WHERE suspects <> '' OR pass_mode IS NOT NULL;

DELETE FROM {seen};

DELETE FROM {entity_tag};

-- The start of a run asks for the newest runs, and does not read the old ones. Partial, with a condition that is always true and that
-- only the list of runs names: a planner without statistics would take this index for a run that is looked up by its id.
CREATE INDEX {at}run_started ON {run} (tenant, connection, started, id) WHERE started > -9000000000000000000;

-- What a round of runs has read: a run that continues one that yielded does not read it again.
ALTER TABLE {run} ADD COLUMN round $body NOT NULL DEFAULT '';

ALTER TABLE {checkpoint} ADD COLUMN round $body NOT NULL DEFAULT '';

-- What the items of a scope depend on besides themselves: settings by a whole stream, containers by the items in them.
CREATE TABLE {scope_dependency} (
  tenant $key NOT NULL, connection $key NOT NULL, stream $key NOT NULL, partition_key $key NOT NULL, target $key NOT NULL,
  answer $key NOT NULL,
  PRIMARY KEY (tenant, connection, stream, partition_key, target, answer)
)$small;

CREATE INDEX {at}scope_dependency_target ON {scope_dependency} (target, tenant, connection);

-- Parts that could not be read, with when they are asked for again.
CREATE TABLE {unread_part} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL, part $key NOT NULL,
  partition_key $key NOT NULL, reason $body NOT NULL, attempts BIGINT NOT NULL, first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL, next_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id, part)
)$small;

-- Containers are derived again too, so the derivation belongs to the artifact: twice the version of the stream, plus one when
-- stale. Nobody recorded what older answers depend on, so all of them are derived once more.
ALTER TABLE {artifact} ADD COLUMN derivation BIGINT NOT NULL DEFAULT 1;

-- An older revision that a full pass saw, with its run; blank where there is none.
ALTER TABLE {artifact} ADD COLUMN older TEXT NOT NULL DEFAULT '';

DROP INDEX {document_derivation};

ALTER TABLE {document} DROP COLUMN derivation;

CREATE INDEX {at}artifact_derivation ON {artifact} (derivation, tenant, connection, kind, id);

-- What decided which records were hidden; blank where none were.
ALTER TABLE {checkpoint} ADD COLUMN hidden_under TEXT NOT NULL DEFAULT '';

-- What a subscriber did not take of a document; without not_before it is a dead letter.
CREATE TABLE {undelivered} (
  tenant $key NOT NULL, connection $key NOT NULL, subscriber $key NOT NULL, kind $key NOT NULL, id $key NOT NULL,
  generation $body NOT NULL, aspects BIGINT NOT NULL, removed $body NOT NULL, reason $body NOT NULL, attempts BIGINT NOT NULL,
  first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, not_before BIGINT,
  PRIMARY KEY (tenant, connection, subscriber, kind, id)
)$small;

-- Two containers, of which the id of one begins with that of the other and a slash, may have had records under one id. Of those only
-- the last one was stored, so both are read in full once.
UPDATE {checkpoint} AS c SET full_pass_owed = 'IDS' WHERE c.partition_key <> '' AND c.full_pass_owed IS NULL AND EXISTS (
  SELECT 1 FROM {checkpoint} o WHERE o.tenant = c.tenant AND o.connection = c.connection AND o.stream = c.stream
  AND (substr(o.partition_key, 1, length(c.partition_key) + 1) = c.partition_key || '/'
    OR substr(c.partition_key, 1, length(o.partition_key) + 1) = o.partition_key || '/'));

-- What a held deletion would delete with everything below it, and why.
ALTER TABLE {held} ADD COLUMN documents BIGINT NOT NULL DEFAULT 0;

ALTER TABLE {held} ADD COLUMN reason TEXT NOT NULL DEFAULT 'LISTING';

-- Containers that a change feed told are deleted, until the run has read what may have left them.
ALTER TABLE {checkpoint} ADD COLUMN tombstoned TEXT NOT NULL DEFAULT '[]';

-- Whose users and groups the readers are; blank for those of the connection itself.
ALTER TABLE {connection} ADD COLUMN realm $body NOT NULL DEFAULT '';

-- Whether what the present settings no longer select is deleted without asking.
ALTER TABLE {connection} ADD COLUMN removals TEXT NOT NULL DEFAULT 'HELD';
