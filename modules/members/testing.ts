import { day, type Tx } from "@mila/kernel"
import { representChild } from "./children/represent.ts"
import { registerMember } from "./register.ts"
import { ATTEMPT_POLICY, takeAttempt } from "./sign-in/attempts.ts"

/** A moment for tests that do not care which. */
export const SOME_DAY = new Date("2026-11-23T09:00:00Z")

let lastPhone = 6_000_000 // tests that name a number of this operator name one before these

/** A Belarusian mobile number nobody in this process had before. */
export function aPhone(): string {
  return `+37529${String((lastPhone += 1)).padStart(7, "0")}`
}

/** Registers a member and answers the id; say only what matters to the test. */
export async function aMember(tx: Tx, given: Partial<Parameters<typeof registerMember>[1]> = {}): Promise<number> {
  const { memberId } = await registerMember(tx, {
    name: { family: "Петрова", given: "Анна", patronymic: null },
    phone: aPhone(),
    email: null,
    emailProven: true,
    birthday: null,
    locale: "ru",
    at: SOME_DAY,
    ...given,
  })
  return memberId
}

/** Makes a member a child with somebody who represents them; say only what matters to the test. */
export async function aChild(
  tx: Tx,
  given: Partial<{ memberId: number; bornOn: string; phone: string; own: string }> = {},
): Promise<{ memberId: number; phone: string }> {
  const { bornOn = "2012-05-03", phone = aPhone(), own = aPhone() } = given
  const memberId = given.memberId ?? (await aMember(tx, { phone: own }))
  const name = { family: "Савич", given: "Ольга", patronymic: null }
  await representChild(tx, { memberId, bornOn: day(bornOn), representative: { name, phone, kinship: "parent" }, at: SOME_DAY })
  return { memberId, phone }
}

/** Somebody tries passwords of many people from many places, as many as the house can bear and one more. */
export async function spraySite(tx: Tx, { at }: { at: Date }): Promise<void> {
  for (let nth = 0; nth <= ATTEMPT_POLICY.site.most; nth += 1)
    await takeAttempt(tx, { phone: `+37525${2_000_000 + nth}`, device: null, ip: `100.65.${nth % 200}.1`, at })
}

export { SoftAuthenticator, type Twist } from "@mila/kernel/testing"
