alter table idempotency_keys
  add column claim uuid,
  add column carried_out_at timestamp with time zone

create unique index uq_idempotency_keys_claim on idempotency_keys (claim) where claim is not null

-- In the transaction of a change: that it is made under this claim. Who comes too late, as the claim has run out and is another's by
-- now, changes nothing; who takes over waits for the row, and sees whether it was done.
create function carries_out(claimed text) returns boolean language plpgsql security definer as $$
begin
  update public.idempotency_keys set carried_out_at = coalesce(carried_out_at, clock_timestamp())
  where claim = cast(claimed as uuid);
  if not found then
    raise exception 'the claim is over' using errcode = '57P99';
  end if;
  return true;
end $$

-- A statement that writes history takes it along as a value, see models/along.py.
create domain carried_out as text check (carries_out(value))
