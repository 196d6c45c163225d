import { assert, type Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import { refuse } from "./refusals.ts"
import { cards } from "./tables.ts"

export type Range = { code: string; kind: "virtual" | "plastic"; prefix: string; open: boolean }

/**
 * Opens a range of numbers for our own cards. A new virtual range closes the one before: new virtual cards come from it at once, old cards live on.
 * Errors: `prefix_unfit`, `range_taken`.
 */
export async function defineRange(
  tx: Tx,
  { code, kind, prefix, at, by }: { code: string; kind: "virtual" | "plastic"; prefix: string; at: Date; by: Actor },
): Promise<Range> {
  if (!/^[1-9]\d{1,3}$/.test(prefix)) refuse("prefix_unfit")
  const partners = await cards(tx).selectFrom("scheme_range").select("prefix").execute()
  if (partners.some((partner) => partner.prefix.startsWith(prefix) || prefix.startsWith(partner.prefix))) refuse("prefix_unfit")

  // Every reason to refuse but one is behind us: the primary key decides about the code.
  if (kind === "virtual")
    await cards(tx).updateTable("range").set({ open: false }).where("kind", "=", "virtual").where("open", "=", true).execute()
  const defined = await cards(tx)
    .insertInto("range")
    .values({ code, kind, prefix, defined_at: at, defined_by: by })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .returning(["code", "kind", "prefix", "open"])
    .executeTakeFirst()
  return defined ?? refuse("range_taken")
}

/** A closed range issues no more; its cards live on. Repeating it is harmless. Errors: `range_unknown`. */
export async function closeRange(tx: Tx, { code }: { code: string }): Promise<void> {
  const { numUpdatedRows } = await cards(tx).updateTable("range").set({ open: false }).where("code", "=", code).executeTakeFirst()
  if (numUpdatedRows === 0n) refuse("range_unknown")
}

/** All ranges, closed ones too, by their code. */
export async function listRanges(tx: Tx): Promise<Range[]> {
  return cards(tx).selectFrom("range").select(["code", "kind", "prefix", "open"]).orderBy("code").execute()
}

/** The prefixes a till recognises loyalty cards by: ours, also of closed ranges, and the partners'. */
export async function cardPrefixes(tx: Tx): Promise<{ own: string[]; partner: string[] }> {
  const own = await cards(tx).selectFrom("range").select("prefix").distinct().orderBy("prefix").execute()
  const partner = await cards(tx).selectFrom("scheme_range").select("prefix").distinct().orderBy("prefix").execute()
  return { own: own.map(({ prefix }) => prefix), partner: partner.map(({ prefix }) => prefix) }
}

/** Where new virtual cards get their numbers. */
export async function virtualPrefix(tx: Tx): Promise<string> {
  const range = await cards(tx)
    .selectFrom("range")
    .select("prefix")
    .where("kind", "=", "virtual")
    .where("open", "=", true)
    .executeTakeFirst()
  assert(range, "one virtual range is open")
  return range.prefix
}
