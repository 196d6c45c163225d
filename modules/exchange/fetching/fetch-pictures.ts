import { type Db, inTransaction, Refusal } from "@mila/kernel"
import { type Decoded, keepPicture, madeAnew } from "@mila/media"
import { setTimeout as wait } from "node:timers/promises"
import type { ImportRules } from "../import-rules.ts"
import { showWithGoods } from "../pictures.ts"
import { layAside } from "../received/imports.ts"
import { allowedTarget } from "./address-rules.ts"
import { get, type Got } from "./get.ts"
import { type DueLink, linkKept, linkMissed, linkUnchanged, takeDueLinks } from "./links.ts"
import { OPEN_NETWORK, type Reach } from "./reach.ts"

const MINUTE_MS = 60_000
/** After each failure; then it is given up until its source names it again. */
const AGAIN_AFTER_MS = [1, 10, 60, 360].map((minutes) => minutes * MINUTE_MS)

type Fetching = { rules: Pick<ImportRules, "pictureHosts">; now: () => Date }

/**
 * Fetches some of the pictures sources name by address (security rule 24), makes them anew like any other (A49) and shows them with the goods that name them. Host beside host
 * and at each one after another, at its pace; no transaction waits for the network. Answers how many were looked at; nothing is lost by being cut off.
 */
export async function fetchPictures(db: Db, { rules, now }: Fetching, reach: Reach = OPEN_NETWORK): Promise<{ fetched: number }> {
  const due = await inTransaction(db, (tx) => takeDueLinks(tx, now()))
  const byHost = Map.groupBy(due, ({ host }) => host)
  const ofHost = async (links: readonly DueLink[]): Promise<void> => {
    for (const [place, link] of links.entries()) {
      if (place > 0) await wait(reach.paceMs)
      await settle(db, link, { got: await gotten(link, rules, reach), at: now() })
    }
  }
  await Promise.all(Array.from(byHost.values(), ofHost))
  if (due.length > 0) await wait(reach.paceMs) // the next round may begin with the same host
  return { fetched: due.length }
}

/** Who may be asked is looked at again: it may have been taken off the list since. */
async function gotten({ url, source, kept, etag, modified }: DueLink, rules: Fetching["rules"], reach: Reach): Promise<Got> {
  const target = allowedTarget(url, rules.pictureHosts[source] ?? [])
  if (!target) return { why: "host not allowed" }
  return get(target, kept === null ? { etag: null, modified: null } : { etag, modified }, reach)
}

async function settle(db: Db, link: DueLink, { got, at }: { got: Got; at: Date }): Promise<void> {
  if (got === "unchanged") return inTransaction(db, (tx) => linkUnchanged(tx, link, at))
  const decoded = "why" in got ? null : await decodedFrom(got.bytes)
  await inTransaction(db, async (tx) => {
    if ("why" in got || !decoded) return missed(tx, link, { why: "why" in got ? got.why : null, at })
    await linkKept(tx, link, { picture: await keepPicture(tx, decoded, { at }), mark: got.mark, at })
    await showWithGoods(tx, link.url, at)
  })
}

async function decodedFrom(bytes: Buffer): Promise<Decoded | null> {
  try {
    return await madeAnew(bytes)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Told once, where it was named. What came and is no picture is not asked for again soon. */
async function missed(tx: Parameters<typeof layAside>[0], link: DueLink, { why, at }: { why: string | null; at: Date }): Promise<void> {
  const { url, line, thing, tried, import: id } = link
  const pauseMs = why === null ? undefined : AGAIN_AFTER_MS[tried]
  await linkMissed(tx, link, { why: why ?? "no picture", at, dueAt: pauseMs === undefined ? null : new Date(at.getTime() + pauseMs) })
  if (tried > 0) return
  const told =
    why === null ? { reason: "picture_unfit" as const, value: url } : { reason: "picture_not_fetched" as const, value: `${why}: ${url}` }
  await layAside(tx, { id, faults: [{ line, field: "picture", thing, ...told }] })
}
