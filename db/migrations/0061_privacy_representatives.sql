-- A child's representative agrees and withdraws for them: `representative:17` is the representative of member 17, whoever that is.
alter table privacy.consent_event drop constraint consent_event_by_check,
  add constraint consent_event_by_check check (by ~ '^(member|staff|till|representative):[0-9]+$' or by = 'system');
