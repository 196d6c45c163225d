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
import { addDays, assert, type Day, type Db, inTransaction, type Tx } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import { giveConsents, type Purpose } from "@mila/privacy"
import { markEmployee, memberByPhone, registerMember } from "@mila/members"
import { birthdayOn, FIRST } from "./first-member.ts"
import type { Writer } from "./opinions/opinion.ts"
import { type DemoPerson, demoPerson, isMan } from "./people.ts"
import { seeded } from "./seeded.ts"

const MEMBERS = 600
const AT_ONCE = 100
const PLASTIC_HOLDERS = { from: 61, to: 110 }
const PARTNER_HOLDERS = [FIRST, ...Array.from({ length: 40 }, (_, place) => 111 + place)]
const PHONE_HOLDERS = 40 // the first members show a rotating code, so they can redeem
const RANGE = "demo-plastic"
const BATCH = 1_000

export type DemoMember = {
  no: number
  memberId: number
  card: { type: "card13" | "partner13"; value: string }
  /** the phone that shows the rotating code; only of members who redeem */
  device: { deviceNo: number; secret: string } | null
  /** «Моцная картка» of who mostly shows another card */
  partnerCard: { type: "partner13"; value: string } | null
  /** how they write */
  writer: Writer
}

/** Six hundred members with virtual, plastic and partner cards, one of them blocked and one replaced. Harmless twice: who is there stays. */
export async function makeMembers(
  db: Db,
  { at, lastDay, progress }: { at: Date; /** of the history */ lastDay: Day; progress: (done: number) => void },
): Promise<DemoMember[]> {
  const people = demoPeople(lastDay)
  const ids: number[] = []
  for (let from = 0; from < MEMBERS; from += AT_ONCE) {
    await inTransaction(db, async (tx) => {
      for (const person of people.slice(from, from + AT_ONCE)) ids.push(await oneMember(tx, person, at))
      await openPurses(tx, { memberIds: ids.slice(from) })
    })
    progress((from + AT_ONCE) / MEMBERS)
  }
  await inTransaction(db, (tx) => handOutPlastic(tx, { ids, at }))
  await inTransaction(db, (tx) => linkPartners(tx, { ids, at }))
  await inTransaction(db, (tx) => someIncidents(tx, { ids, at }))
  return inTransaction(db, async (tx) => {
    const members: DemoMember[] = []
    for (const [place, memberId] of ids.entries())
      members.push(await demoMember(tx, { no: place + 1, memberId, person: people[place]!, at }))
    return members
  })
}

/** The same people everywhere; the first is who the demo is shown by. */
function demoPeople(lastDay: Day): DemoPerson[] {
  const dice = seeded(200)
  const people = Array.from({ length: MEMBERS }, (_, place) => demoPerson(dice, place + 1))
  const [, month, day] = addDays(lastDay, birthdayOn(0)).split("-").map(Number)
  const first = {
    ...{ name: { family: "Ковалевич", given: "Анна", patronymic: "Сергеевна" }, locale: "ru" as const },
    birthday: { month: month!, day: Math.min(28, day!) },
  }
  return people.map((person, place) => (place + 1 === FIRST ? { ...person, ...first } : person))
}

async function oneMember(tx: Tx, person: DemoPerson, at: Date): Promise<number> {
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
  for (const no of PARTNER_HOLDERS) {
    await linkPartnerCard(tx, { number: partnerNumber(no), memberId: ids[no - 1]!, assurance: "scanned", at, by: "system" })
  }
}

/** What happens among so many people: a lost card, a replaced one, two who work in the chain. */
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

type Known = { no: number; memberId: number; person: DemoPerson; at: Date }

async function demoMember(tx: Tx, { no, memberId, person, at }: Known): Promise<DemoMember> {
  const cards = await cardsOf(tx, memberId)
  const active = cards.filter(({ state, kind }) => state === "active" && !(no === FIRST && kind === "partner"))
  const shown = active.at(-1) ?? cards.at(-1) // whoever lost their card goes on showing it
  assert(shown?.number, "every demo member has a card")
  const device = no <= PHONE_HOLDERS ? await enrolDevice(tx, { cardId: shown.cardId, deviceName: "phone", at, by: "system" }) : null
  return {
    ...{ no, memberId, device, card: { type: shown.kind === "partner" ? "partner13" : "card13", value: shown.number } },
    partnerCard: no === FIRST ? { type: "partner13", value: partnerNumber(no) } : null,
    writer: { isMan: isMan(person), locale: person.locale },
  }
}

/** A number of «Моцная картка»: prefix, bank, serial, check digit. */
function partnerNumber(serial: number): string {
  const digits = `996807${String(serial).padStart(6, "0")}`
  const sum = Array.from(digits, Number).reduce((before, digit, place) => before + digit * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
