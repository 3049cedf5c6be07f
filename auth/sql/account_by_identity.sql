-- The account that an issuer's subject signs in to. No row: none yet.
select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, u.password_hash
from identities i join users u on u.id = i.user_id
where i.issuer = cast(:issuer as varchar) and i.subject = cast(:subject as varchar)
