import type { Localized, Tx } from "@mila/kernel"
import type { Assurance } from "./card-states.ts"
import { checkDigit } from "./ean13.ts"
import { refuse } from "./refusals.ts"
import { cards, type SchemeStatus } from "./tables.ts"

type SchemeRange = { prefix: string; issuer: string; issuerName: string | null; firstSerial: number; lastSerial: number }

/** Somebody else's cards that our members may link. `no-new-issue`: no new ones are handed out, the ones there are may be linked. */
export type PartnerScheme = {
  code: string
  name: Localized
  length: number
  checkAlgorithm: "ean13" | "none"
  status: SchemeStatus
  rateNeeds: Assurance
  redeemNeeds: Assurance
  ranges: readonly SchemeRange[]
}

export type SchemeMatch = { scheme: PartnerScheme; issuer: string; issuerName: string | null }

/** All partner schemes with the ranges their issuers gave out. */
export async function partnerSchemes(tx: Tx): Promise<PartnerScheme[]> {
  const schemes = await cards(tx).selectFrom("scheme").selectAll().orderBy("code").execute()
  const ranges = await cards(tx).selectFrom("scheme_range").selectAll().orderBy("prefix").orderBy("first_serial").execute()
  return schemes.map((scheme) => ({
    code: scheme.code,
    name: { ru: scheme.name_ru, be: scheme.name_be, en: scheme.name_en },
    length: scheme.length,
    checkAlgorithm: scheme.check_algorithm,
    status: scheme.status,
    rateNeeds: scheme.rate_needs,
    redeemNeeds: scheme.redeem_needs,
    ranges: ranges
      .filter(({ scheme_code }) => scheme_code === scheme.code)
      .map(({ prefix, issuer, issuer_name, first_serial, last_serial }) => ({
        prefix,
        issuer,
        issuerName: issuer_name,
        firstSerial: first_serial,
        lastSerial: last_serial,
      })),
  }))
}

/** Whose card `digits` is: the scheme, and the bank where we know it. A number outside every range given out is nobody's. */
export async function schemeOf(tx: Tx, digits: string): Promise<SchemeMatch | undefined> {
  return matchScheme(await partnerSchemes(tx), digits)
}

function matchScheme(schemes: readonly PartnerScheme[], digits: string): SchemeMatch | undefined {
  for (const scheme of schemes) {
    if (digits.length !== scheme.length) continue
    const hasCheck = scheme.checkAlgorithm === "ean13"
    if (hasCheck && checkDigit(digits.slice(0, 12)) !== digits[12]) continue
    for (const { prefix, issuer, issuerName, firstSerial, lastSerial } of scheme.ranges) {
      const serial = Number(digits.slice(prefix.length, hasCheck ? -1 : undefined))
      if (digits.startsWith(prefix) && serial >= firstSerial && serial <= lastSerial) return { scheme, issuer, issuerName }
    }
  }
  return undefined
}

/** Changes whether a scheme's cards may be linked; links there are stay. Errors: `partner_scheme_unknown`. */
export async function setSchemeStatus(tx: Tx, { code, status }: { code: string; status: SchemeStatus }): Promise<void> {
  const { numUpdatedRows } = await cards(tx).updateTable("scheme").set({ status }).where("code", "=", code).executeTakeFirst()
  if (numUpdatedRows === 0n) refuse("partner_scheme_unknown")
}
