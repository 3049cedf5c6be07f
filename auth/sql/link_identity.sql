-- From now on an issuer's subject signs in to an account. No row: it signs in to one already.
insert into identities (id, user_id, issuer, subject)
values (cast(:id as uuid), cast(:user_id as uuid), cast(:issuer as varchar), cast(:subject as varchar))
on conflict (issuer, subject) do nothing
returning id
