-- A new account; the first one is the installation's admin. No row: the address is taken.
insert into users (id, email, display_name, password_hash, is_instance_admin)
values (cast(:id as uuid), cast(:email as varchar), cast(:display_name as varchar), cast(:password_hash as varchar),
  cast(:is_instance_admin as boolean))
on conflict (lower(email)) do nothing
returning id, email, display_name, is_instance_admin, disabled, created_at
