-- When an account that had none at first got its address.
ALTER TABLE accounts ADD COLUMN email_added BIGINT;
