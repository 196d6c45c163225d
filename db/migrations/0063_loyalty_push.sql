-- A reminder may be a notification of a browser, where the programme lets it count.
alter table loyalty.expiry_notice drop constraint expiry_notice_channel_check;
alter table loyalty.expiry_notice add constraint expiry_notice_channel_check check (channel in ('sms', 'email', 'push'));
