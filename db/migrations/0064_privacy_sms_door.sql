-- A consent is withdrawn by writing STOP, too: the line says that it came by SMS.
alter table privacy.consent_event drop constraint consent_event_door_check;
alter table privacy.consent_event add constraint consent_event_door_check check (door in ('web', 'app', 'office', 'till', 'mail', 'sms'));
