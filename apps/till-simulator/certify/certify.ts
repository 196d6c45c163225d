import { type EnrolledTill, enrol } from "../till-client.ts"
import { Office } from "../office.ts"
import { ALONE } from "./alone.cases.ts"
import { type Case, type Need } from "./case.ts"
import { FACTS } from "./facts.cases.ts"
import { Kit, type Phone, type Supplies } from "./kit.ts"
import { PEOPLE } from "./people.cases.ts"
import { PURCHASE } from "./purchase.cases.ts"
import { SIGNATURES } from "./signature.cases.ts"

export type Outcome = { id: string; title: string; result: "passed" | "failed" | "skipped"; saying: string; ms: number }

/** Every case, in the order a till grows: is it heard, does it recognise, calculate, confirm, take back, work alone. */
const CASES: readonly Case[] = [...SIGNATURES, ...PEOPLE, ...PURCHASE, ...FACTS, ...ALONE]

/** Plays every case, one after the other; a case that lacks something is skipped and says what. `told` hears of each as it ends. */
export async function certify(supplies: Supplies, told: (outcome: Outcome) => void = () => undefined): Promise<Outcome[]> {
  const kit = new Kit(supplies)
  kit.referenceProgramme = await followsReference(kit)
  const outcomes: Outcome[] = []
  for (const one of CASES) {
    const outcome = await played(kit, one)
    outcomes.push(outcome)
    told(outcome)
  }
  return outcomes
}

async function played(kit: Kit, { id, title, needs, run }: Case): Promise<Outcome> {
  const lacking = needs.filter((need) => !kit.has(need))
  if (lacking.length > 0) return { id, title, result: "skipped", saying: lacking.map((need) => LACKS[need]).join("; "), ms: 0 }
  const started = performance.now()
  const spent = () => Math.round(performance.now() - started)
  try {
    await run(kit)
    return { id, title, result: "passed", saying: "", ms: spent() }
  } catch (error) {
    return { id, title, result: "failed", saying: error instanceof Error ? error.message : String(error), ms: spent() }
  }
}

const LACKS: Record<Need, string> = {
  card: "no --card was given",
  proof: "no phone was given (--device, --secret)",
  points: "the member has no points to use",
  blockedCard: "no --blocked-card was given",
  referenceProgramme: "this chain's programme is another than the reference one",
}

/** Golden figures hold for the reference programme alone: 1 % of everything, a third of a receipt by points. */
async function followsReference(kit: Kit): Promise<boolean> {
  if (!kit.has("card")) return false
  const { status, body } = await kit.calculate([{ amountMinor: 1_000_000 }])
  return status === 200 && body.earned === 10_000
}

export type Given = { url: string; code: string; card?: string; phone?: Phone; blockedCard?: string; sku?: string }

/** A till from its code, with what the integrator has at hand. Errors: the code is not taken. */
export async function suppliesGiven({ url, code, card, phone, blockedCard, sku = "100001" }: Given): Promise<Supplies> {
  const enrolled = await enrol(url, code)
  const supplies = {
    enrolled,
    sku,
    card: card ?? phone?.number ?? null,
    phone: phone ?? null,
    blockedCard: blockedCard ?? null,
    hasPoints: false,
  }
  const kit = new Kit(supplies)
  if (!kit.has("card")) return supplies
  const { body } = await kit.till.post("/identify", { at: kit.now(), identifier: kit.card })
  return { ...supplies, hasPoints: body?.balance?.available >= 1_000 }
}

/** Everything from a key of the back office: a till, goods, a member with a phone and points, and one whose card is blocked. */
export async function suppliesPrepared({
  url,
  key,
  shop,
  tillNo = 9_001,
}: {
  url: string
  key: string
  shop?: string
  tillNo?: number
}): Promise<Supplies> {
  const office = new Office(url, key)
  const code = shop ?? (await office.must("GET", "/shops?most=1&state=open")).shops[0]?.code
  if (code === undefined) throw new Error("there is no shop yet: open one, or name it with --shop")
  const sku = "certification-goods"
  const name = { ru: "Товар для сертификации", be: "Тавар для сертыфікацыі", en: "Certification goods" }
  await office.must("PUT", "/products", { products: [{ sku, name, regularPriceMinor: 10_000, cardPriceMinor: 10_000 }] })
  const phone = await office.enrolDevice(await office.issueCard(await office.registerMember()))
  await office.givePoints(phone.memberId, 3_000)
  const lost = await office.issueCard(await office.registerMember())
  await office.must("POST", `/cards/${lost.cardId}/block`, { reason: "certification" })
  const enrolled: EnrolledTill = await enrol(url, (await office.tillToEnrol(code, tillNo)).code)
  return { enrolled, sku, card: phone.number, phone, blockedCard: lost.number, hasPoints: true }
}
