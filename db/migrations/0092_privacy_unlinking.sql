-- Consent to a partner's card lives as long as one is linked: who unlinks the last withdraws it, and the line says so.

alter table privacy.consent_event drop constraint consent_event_means_check,
  add constraint consent_event_means_check
    check (means in ('tick', 'code', 'paper', 'link', 'message', 'request', 'merge', 'unlinking', 'leaving'));
