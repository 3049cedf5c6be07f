-- A hash with today's parameters of the same password, unless it was changed meanwhile.
update users set password_hash = cast(:hash as varchar)
where id = cast(:user_id as uuid) and password_hash is not distinct from cast(:before as varchar)
