-- when the API may be asked again
ALTER TABLE {run} ADD COLUMN not_before BIGINT;
