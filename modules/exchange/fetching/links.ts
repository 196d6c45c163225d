import { statement, type Tx } from "@mila/kernel"
import type { KeptPicture } from "@mila/media"
import type { Mark } from "./get.ts"

/** A picture a good names by address, and where that was said. */
export type NamedLink = { url: string; host: string; line: number | null; thing: string }
export type DueLink = NamedLink & Mark & { source: string; import: number; tried: number; kept: string | null }

/** Named again, an address is looked at again when it was last before that. */
const STALE = "$4::timestamptz - case when known.kept is null then interval '1 day' else interval '30 days' end"
// an import names what is known again and again: that is only read, so that no row is locked for nothing
const put = statement<never>(
  "exchange.put_picture_links",
  `insert into exchange.picture_link as known (url, host, source, import, line, thing, due_at)
   select url, host, $1, $2, line, thing, $4::timestamptz from jsonb_to_recordset($3::jsonb) as given(url text, host text, line int, thing text)
   where not exists (select from exchange.picture_link held where held.url = given.url and (held.due_at is not null or held.fetched_at >= ${STALE.replaceAll("known", "held")}))
   on conflict (url) do update set source = excluded.source, import = excluded.import, line = excluded.line, thing = excluded.thing, due_at = excluded.due_at, tried = 0
   where known.due_at is null and known.fetched_at < ${STALE}`,
)
const givenUp = statement<{ url: string; why: string }>(
  "exchange.picture_links_given_up",
  "select url, why from exchange.picture_link where url = any($1::text[]) and due_at is null and kept is null",
)
// whoever takes one says when it is due again, should they not come back; a few of each host, so that a slow one holds up none but itself
const take = statement<DueLink>(
  "exchange.take_picture_links",
  `update exchange.picture_link set due_at = $1::timestamptz + interval '10 minutes' where url in (
     select due.url from (select distinct host from exchange.picture_link where due_at <= $1::timestamptz) hosts cross join lateral (
       select url from exchange.picture_link one where one.host = hosts.host and due_at <= $1::timestamptz order by due_at, url limit 5 for update skip locked) due)
   returning url, host, source, import, line, thing, etag, modified, tried, kept`,
)
const keep = statement<never>(
  "exchange.keep_picture_link",
  `update exchange.picture_link set kept = $2, width = $3, height = $4, etag = $5, modified = $6, fetched_at = $7, due_at = null, tried = 0, why = null where url = $1`,
)
const unchanged = statement<never>(
  "exchange.picture_link_unchanged",
  "update exchange.picture_link set fetched_at = $2, due_at = null, tried = 0, why = null where url = $1",
)
const miss = statement<never>(
  "exchange.miss_picture_link",
  "update exchange.picture_link set why = $2, fetched_at = $3, due_at = $4, tried = tried + 1 where url = $1",
)
const forgive = statement<never>(
  "exchange.forgive_picture",
  "delete from exchange.quarantine where import = $1 and reason = 'picture_not_fetched' and right(value, length($2)) = $2",
)

/** Remembers addresses to fetch. What is kept is looked at again after a month, what was given up after a day, and only when it is still named. */
export async function putLinks(
  tx: Tx,
  { source, id, links, at }: { source: string; id: number; links: readonly NamedLink[]; at: Date },
): Promise<void> {
  const once = [...new Map(links.map((link) => [link.url, link])).values()].toSorted((one, other) => (one.url < other.url ? -1 : 1))
  if (once.length > 0) await put(tx, [source, id, JSON.stringify(once), at])
}

/** Those of these addresses that did not come and are not tried again yet, and why. */
export async function linksGivenUp(tx: Tx, urls: readonly string[]): Promise<Map<string, string>> {
  return new Map((await givenUp(tx, [urls])).map(({ url, why }) => [url, why]))
}

/** Takes some that are due, a few of each host; whoever does not come back leaves them to others after ten minutes. */
export const takeDueLinks = (tx: Tx, at: Date): Promise<DueLink[]> => take(tx, [at])

/** It came: what was laid aside for it is no fault any more. */
export async function linkKept(
  tx: Tx,
  { url, import: id }: DueLink,
  { picture, mark, at }: { picture: KeptPicture; mark: Mark; at: Date },
): Promise<void> {
  await keep(tx, [url, picture.kept, picture.width, picture.height, mark.etag, mark.modified, at])
  await forgive(tx, [id, url])
}

/** It is what we have already. */
export async function linkUnchanged(tx: Tx, { url }: DueLink, at: Date): Promise<void> {
  await unchanged(tx, [url, at])
}

/** It did not come; `dueAt` null: it is given up until a source names it again. */
export async function linkMissed(
  tx: Tx,
  { url }: DueLink,
  { why, at, dueAt }: { why: string; at: Date; dueAt: Date | null },
): Promise<void> {
  await miss(tx, [url, why, at, dueAt])
}
