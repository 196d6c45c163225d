import { cardPrefixes, type DenyList, denyList, denyListVersion, type PartnerScheme, partnerSchemes } from "@mila/cards"
import { catalogVersion } from "@mila/catalog"
import { programmeAt } from "@mila/loyalty"
import type { Tx } from "@mila/kernel"
import { createHash } from "node:crypto"
import { gapsOf, tidyGaps } from "./gaps.ts"
import type { TillIdentity } from "./facts.ts"
import { type VerificationKey, verificationKey } from "./pack-key.ts"
import type { Gap } from "./told.ts"

/** What a till carries to work alone. */
export type OfflinePack = {
  /** changes when anything in it does */
  version: string
  storeCode: string
  tillNo: number
  denyList: DenyList
  ownPrefixes: readonly string[]
  schemes: readonly PartnerScheme[]
  /** the rules in force, by name: compare with what a calculation was made by */
  programme: { version: number; digest: string }
  /** prices changed when the version did; ask the catalogue's feed for what is new since yours */
  prices: { version: number }
  allowance: { pointsADay: number; proof: "rotating" }
  gaps: readonly Gap[]
  /** whose signature the pack bears */
  verificationKeys: readonly VerificationKey[]
}

/** What the pack would be called now, for an ETag, in a few cheap looks. */
export async function offlinePackVersion(tx: Tx, { till, at }: { till: TillIdentity; at: Date }): Promise<string> {
  return (await headOf(tx, { till, at })).version
}

/** The whole pack for this till, at this moment. */
export async function offlinePack(tx: Tx, { till, at }: { till: TillIdentity; at: Date }): Promise<OfflinePack> {
  await tidyGaps(tx, till)
  const { version, programme, prices, gaps, allowance } = await headOf(tx, { till, at })
  return {
    version,
    storeCode: till.shop,
    tillNo: till.till,
    denyList: await denyList(tx, { at }),
    ownPrefixes: (await cardPrefixes(tx)).own,
    schemes: await partnerSchemes(tx),
    programme,
    prices,
    allowance,
    gaps,
    verificationKeys: [verificationKey(tx)],
  }
}

async function headOf(
  tx: Tx,
  { till, at }: { till: TillIdentity; at: Date },
): Promise<Pick<OfflinePack, "version" | "programme" | "prices" | "gaps" | "allowance">> {
  const inForce = await programmeAt(tx, at)
  const programme = { version: inForce.version, digest: sha256(JSON.stringify(inForce.programme)) }
  const prices = { version: await catalogVersion(tx) }
  const gaps = await gapsOf(tx, till)
  const denials = await denyListVersion(tx, { at })
  const allowance = { pointsADay: inForce.programme.redemption.offlinePointsADay, proof: "rotating" as const }
  return { allowance, version: sha256(JSON.stringify([denials, programme, prices, gaps])).slice(0, 32), programme, prices, gaps }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")
