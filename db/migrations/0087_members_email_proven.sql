-- An address that was typed is somebody's, perhaps a stranger's: nothing goes to it and it opens nothing before a letter sent there came back. Addresses we have already
-- were used as such, and stay.
alter table members.member add column email_proven_at timestamptz;
update members.member set email_proven_at = registered_at where email_sealed is not null;
alter table members.member
  add constraint member_email_proven_check check (email_proven_at is null or email_sealed is not null);

-- a code that proves the address that is kept, as against one for another address
alter table members.code drop constraint code_purpose_check,
  add constraint code_purpose_check check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'prove_email', 'confirm', 'merge', 'new_number',
                                                       'owner', 'child', 'representative'));
