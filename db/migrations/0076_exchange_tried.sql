-- An import whose process dies is begun again where it stood. One that kills it each time at the same place (it wants more memory than there is) would be begun again for
-- ever and let nothing behind it through: how often it was taken up since its last step is kept, so that it can be refused.

alter table exchange.import add column tried smallint not null default 0;
