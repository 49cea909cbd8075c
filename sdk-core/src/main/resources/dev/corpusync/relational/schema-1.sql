-- {name} is a table of ours; key, body, bytes and small depend on the database, see Dialect.ddl
--
-- Every other index than a primary key begins with the column that it is for: one that began with tenant and connection would look
-- as good as the primary key to a planner without statistics, and read all rows of a connection.
CREATE TABLE {connection} (
  tenant $key NOT NULL, id $key NOT NULL, connector $body NOT NULL, generation $body NOT NULL, settings $body NOT NULL,
  fence BIGINT NOT NULL, lease_until BIGINT, last_event BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
)$small;

CREATE TABLE {artifact} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL,
  parent $key NOT NULL, hash $body NOT NULL, revision $body NOT NULL, access_mode $body NOT NULL, readers $body NOT NULL,
  payload $bytes NOT NULL, parts $bytes NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id)
);

-- serves the listing of one container and the cascade of its deletion
CREATE INDEX {at}artifact_parent ON {artifact} (parent, tenant, connection, kind, id) WHERE parent <> '';

-- derivation is twice the version of the transformer, plus one when stale: one index finds both kinds of what must be derived again
CREATE TABLE {document} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL,
  derivation BIGINT NOT NULL, metadata_hash $body NOT NULL, missing $body NOT NULL, title $body NOT NULL, fields $body NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id)
)$small;

CREATE INDEX {at}document_derivation ON {document} (derivation, tenant, connection, kind, id);

CREATE TABLE {chunk} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL, chunk $key NOT NULL,
  ordinal BIGINT NOT NULL, hash $body NOT NULL, text $body NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id, chunk)
);

CREATE TABLE {dependency} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL, target $key NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id, target)
)$small;

CREATE INDEX {at}dependency_target ON {dependency} (target, tenant, connection);

CREATE TABLE {event} (
  tenant $key NOT NULL, connection $key NOT NULL, number BIGINT NOT NULL, kind $key NOT NULL, id $key NOT NULL,
  aspects BIGINT NOT NULL, changed $body NOT NULL, removed $body NOT NULL,
  PRIMARY KEY (tenant, connection, number)
)$small;

CREATE TABLE {progress} (
  tenant $key NOT NULL, connection $key NOT NULL, stream $key NOT NULL, partition_key $key NOT NULL,
  watermark BIGINT, mark $body, completed BIGINT NOT NULL, suspects $body NOT NULL,
  pass_mode $body, pass_next $body, pass_candidate BIGINT, pass_mark $body, pass_pages BIGINT NOT NULL, pass_proof $body NOT NULL,
  pass_ended BIGINT NOT NULL, pass_trail $body NOT NULL,
  PRIMARY KEY (tenant, connection, stream, partition_key)
);

CREATE TABLE {seen} (
  tenant $key NOT NULL, connection $key NOT NULL, stream $key NOT NULL, partition_key $key NOT NULL, page BIGINT NOT NULL,
  ids $bytes NOT NULL,
  PRIMARY KEY (tenant, connection, stream, partition_key, page)
);

CREATE TABLE {failure} (
  tenant $key NOT NULL, connection $key NOT NULL, stream $key NOT NULL, partition_key $key NOT NULL, id $key NOT NULL,
  readable BIGINT NOT NULL, reason $body NOT NULL, attempts BIGINT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, connection, stream, partition_key, id)
)$small;

CREATE TABLE {held} (
  tenant $key NOT NULL, connection $key NOT NULL, plan $key NOT NULL, stream $key NOT NULL, partition_key $key NOT NULL,
  refs $body NOT NULL, missing BIGINT NOT NULL, total BIGINT NOT NULL, since BIGINT NOT NULL,
  PRIMARY KEY (tenant, connection, plan)
);

CREATE TABLE {run} (
  tenant $key NOT NULL, connection $key NOT NULL, id $key NOT NULL, cause $body NOT NULL, state $body NOT NULL,
  started BIGINT NOT NULL, ended BIGINT, message $body NOT NULL,
  seen BIGINT NOT NULL, stored BIGINT NOT NULL, unchanged BIGINT NOT NULL, skipped BIGINT NOT NULL, failed BIGINT NOT NULL,
  deleted BIGINT NOT NULL, events BIGINT NOT NULL, requests BIGINT NOT NULL,
  PRIMARY KEY (tenant, connection, id)
)$small;

CREATE TABLE {validator} (
  tenant $key NOT NULL, connection $key NOT NULL, call $key NOT NULL, etag $body NOT NULL, owner $key NOT NULL,
  PRIMARY KEY (tenant, connection, call)
)$small;

CREATE INDEX {at}validator_owner ON {validator} (owner, tenant, connection);

CREATE TABLE {subscriber} (
  tenant $key NOT NULL, subscriber $key NOT NULL, connection $key NOT NULL, generation $key NOT NULL,
  acknowledged BIGINT NOT NULL, snapshot BIGINT NOT NULL, snapshot_after $body NOT NULL, departed BIGINT NOT NULL,
  restart BIGINT NOT NULL,
  PRIMARY KEY (tenant, subscriber, connection, generation)
)$small;

-- filled and emptied within one transaction: what a deletion cascades to, or whose inherited readers change
CREATE TABLE {work} (
  tenant $key NOT NULL, connection $key NOT NULL, kind $key NOT NULL, id $key NOT NULL,
  PRIMARY KEY (tenant, connection, kind, id)
)$small;
