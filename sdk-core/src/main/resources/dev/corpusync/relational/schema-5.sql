-- One word for each idea, in tables as in code: checkpoint, delta token, entity tag, hidden, failure kind.
ALTER TABLE {progress} RENAME TO {at}checkpoint;

ALTER TABLE {checkpoint} RENAME COLUMN mark TO delta_token;

ALTER TABLE {checkpoint} RENAME COLUMN pass_mark TO pass_delta_token;

ALTER TABLE {checkpoint} RENAME COLUMN pass_trail TO pass_cycle_trail;

ALTER TABLE {checkpoint} RENAME COLUMN question TO settings_fingerprint;

DROP INDEX {validator_owner};

ALTER TABLE {validator} RENAME TO {at}entity_tag;

CREATE INDEX {at}entity_tag_owner ON {entity_tag} (owner, tenant, connection);

ALTER TABLE {run} RENAME COLUMN skipped TO hidden;

ALTER TABLE {run} RENAME COLUMN trouble TO failure_kind;

UPDATE {run} SET state = 'NEEDS_REVIEW' WHERE state = 'ATTENTION';

UPDATE {run} SET state = 'RATE_LIMITED' WHERE state = 'WAITING';

ALTER TABLE {subscriber} RENAME COLUMN departed TO disconnected;
