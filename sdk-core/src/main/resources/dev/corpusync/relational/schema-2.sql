-- sealed by the vault before they get here; not tied to a connection's row, since an authorization begins before there is one
CREATE TABLE {secret} (
  tenant $key NOT NULL, connection $key NOT NULL, field $key NOT NULL,
  version BIGINT NOT NULL, key_id $key NOT NULL, sealed $bytes NOT NULL,
  PRIMARY KEY (tenant, connection, field)
)$small;

-- who may renew a secret, and until when
CREATE TABLE {claim} (
  tenant $key NOT NULL, connection $key NOT NULL, field $key NOT NULL, owner $body NOT NULL, expires BIGINT NOT NULL,
  PRIMARY KEY (tenant, connection, field)
)$small;

-- one row: no erased secret had a higher version, so one that begins above it is never taken for an erased one
CREATE TABLE {secret_floor} (
  one BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL
)$small;

INSERT INTO {secret_floor} (one, version) VALUES (1, 0);
