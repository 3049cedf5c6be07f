-- Sets the password of an account, from the command line. No row: there is none.
update users set password_hash = cast(:hash as varchar) where id = cast(:user_id as uuid)
returning id
