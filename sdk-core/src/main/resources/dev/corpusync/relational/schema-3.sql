ALTER TABLE {connection} ADD COLUMN state $body NOT NULL DEFAULT 'ACTIVE';

ALTER TABLE {connection} ADD COLUMN account $body NOT NULL DEFAULT '';

ALTER TABLE {run} ADD COLUMN trouble $body NOT NULL DEFAULT 'NONE';

ALTER TABLE {progress} ADD COLUMN question $body NOT NULL DEFAULT '';

-- what the source calls the account of a connection in its webhooks
CREATE TABLE {account_key} (
  tenant $key NOT NULL, connection $key NOT NULL, connector $key NOT NULL, name $key NOT NULL,
  PRIMARY KEY (tenant, connection, connector, name)
)$small;

CREATE INDEX {at}account_key_name ON {account_key} (name, connector, tenant, connection);
