-- Why a scope owes a full pass; NULL where it owes none.
ALTER TABLE {checkpoint} ADD COLUMN full_pass_owed TEXT;
