import {
  attachCard,
  blockCard,
  cardsOf,
  defineRange,
  enrolDevice,
  issueBatch,
  issueVirtualCard,
  linkPartnerCard,
  listRanges,
  replaceCard,
} from "@mila/cards"
import { assert, type Db, inTransaction, type Tx } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import { giveConsents, type Purpose } from "@mila/privacy"
import { markEmployee, memberByPhone, registerMember } from "@mila/members"
import { demoPerson } from "./people.ts"
import { seeded } from "./seeded.ts"

const MEMBERS = 200
const PLASTIC_HOLDERS = { from: 61, to: 110 }
const PARTNER_HOLDERS = { from: 111, to: 150 }
const PHONE_HOLDERS = 40 // the first members show a rotating code, so they can redeem
const RANGE = "demo-plastic"
const BATCH = 1_000

export type DemoMember = {
  no: number
  memberId: number
  card: { type: "card13" | "partner13"; value: string }
  /** the phone that shows the rotating code; only of members who redeem */
  device: { deviceNo: number; secret: string } | null
}

/** Two hundred members with virtual, plastic and partner cards, one of them blocked and one replaced. Harmless twice: who is there stays. */
export async function makeMembers(db: Db, { at, progress }: { at: Date; progress: (done: number) => void }): Promise<DemoMember[]> {
  const dice = seeded(200)
  const people = Array.from({ length: MEMBERS }, (_, place) => demoPerson(dice, place + 1))
  const ids: number[] = []
  for (let from = 0; from < MEMBERS; from += 25) {
    await inTransaction(db, async (tx) => {
      for (const person of people.slice(from, from + 25)) ids.push(await oneMember(tx, person, at))
      await openPurses(tx, { memberIds: ids.slice(from) })
    })
    progress((from + 25) / MEMBERS)
  }
  await inTransaction(db, (tx) => handOutPlastic(tx, { ids, at }))
  await inTransaction(db, (tx) => linkPartners(tx, { ids, at }))
  await inTransaction(db, (tx) => someIncidents(tx, { ids, at }))
  return inTransaction(db, async (tx) => {
    const members: DemoMember[] = []
    for (const [place, memberId] of ids.entries()) members.push(await demoMember(tx, { no: place + 1, memberId, at }))
    return members
  })
}

async function oneMember(tx: Tx, person: ReturnType<typeof demoPerson>, at: Date): Promise<number> {
  const there = await memberByPhone(tx, person.phone)
  const { memberId } = there ?? (await registerMember(tx, { ...person, at, by: "system" }))
  const version = 1
  const given = ["programme", "policy", ...(memberId % 3 === 0 ? [] : ["ads_sms", "ads_email"])].map((purpose) => ({
    purpose: purpose as Purpose,
    version,
  }))
  await giveConsents(tx, { memberId, given, locale: person.locale, means: "tick", door: "web", at, by: "system" })
  await issueVirtualCard(tx, { memberId, at, by: "system" })
  return memberId
}

async function handOutPlastic(tx: Tx, { ids, at }: { ids: readonly number[]; at: Date }): Promise<void> {
  if ((await listRanges(tx)).some(({ code }) => code === RANGE)) return
  await defineRange(tx, { code: RANGE, kind: "plastic", prefix: "28", at, by: "system" })
  const { numbers } = await issueBatch(tx, { range: RANGE, count: BATCH, at, by: "system" })
  for (let no = PLASTIC_HOLDERS.from; no <= PLASTIC_HOLDERS.to; no += 1) {
    await attachCard(tx, { number: numbers[no]!, memberId: ids[no - 1]!, at, by: "system" })
  }
}

async function linkPartners(tx: Tx, { ids, at }: { ids: readonly number[]; at: Date }): Promise<void> {
  for (let no = PARTNER_HOLDERS.from; no <= PARTNER_HOLDERS.to; no += 1) {
    await linkPartnerCard(tx, { number: partnerNumber(no), memberId: ids[no - 1]!, assurance: "scanned", at, by: "system" })
  }
}

/** What happens among two hundred people: a lost card, a replaced one, two who work in the chain. */
async function someIncidents(tx: Tx, { ids, at }: { ids: readonly number[]; at: Date }): Promise<void> {
  const [lost, replaced, cashier, clerk] = [ids[196]!, ids[197]!, ids[198]!, ids[199]!]
  const active = async (memberId: number) => (await cardsOf(tx, memberId)).find(({ state }) => state === "active")
  const toBlock = await active(lost)
  if (toBlock) await blockCard(tx, { cardId: toBlock.cardId, reason: "lost", at, by: "system" })
  const cards = await cardsOf(tx, replaced)
  if (cards.length === 1) await replaceCard(tx, { cardId: cards[0]!.cardId, reason: "lost", at, by: "system" })
  await markEmployee(tx, { memberId: cashier, worksAt: { shop: "0001", till: 1 }, at, by: "system" })
  await markEmployee(tx, { memberId: clerk, worksAt: null, at, by: "system" })
}

async function demoMember(tx: Tx, { no, memberId, at }: { no: number; memberId: number; at: Date }): Promise<DemoMember> {
  const cards = await cardsOf(tx, memberId)
  const shown = cards.findLast(({ state }) => state === "active") ?? cards.at(-1) // whoever lost their card goes on showing it
  assert(shown?.number, "every demo member has a card")
  const device = no <= PHONE_HOLDERS ? await enrolDevice(tx, { cardId: shown.cardId, deviceName: "phone", at, by: "system" }) : null
  return { no, memberId, card: { type: shown.kind === "partner" ? "partner13" : "card13", value: shown.number }, device }
}

/** A number of «Моцная картка»: prefix, bank, serial, check digit. */
function partnerNumber(serial: number): string {
  const digits = `996807${String(serial).padStart(6, "0")}`
  const sum = Array.from(digits, Number).reduce((before, digit, place) => before + digit * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
