-- Google Wallet makes rotating codes by itself and knows HMAC-SHA-1 only (RFC 6238), so each phone says how its codes are made.
alter table cards.device add column algorithm text not null default 'sha256' check (algorithm in ('sha256', 'sha1'));
