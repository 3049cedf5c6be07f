-- The account of an e-mail address, with the hash of its password. No row: there is none.
-- By the index, and then by the letters of ASCII alone: the small letter of İ is a plain i, and such a domain is anybody's to register.
select id, email, display_name, is_instance_admin, disabled, created_at, password_hash from users
where lower(email) = lower(cast(:email as varchar))
  and lower(email collate "C") = lower(cast(:email as varchar) collate "C")
