-- Whether anyone has an account yet.
select exists (select from users) as found
