-- The account of an e-mail address, with the hash of its password. No row: there is none.
select id, email, display_name, is_instance_admin, disabled, created_at, password_hash from users
where lower(email) = lower(cast(:email as varchar))
