import type { Basket, BasketLine, Channel, EarnerCard, TenderType } from "./basket.ts"
import { isWithin, minuteOf, type Moment } from "./calendar-rules.ts"
import type { Conditions } from "./programme.ts"

/** What conditions ask about a receipt as a whole. */
export type ReceiptFacts = {
  cardKind: EarnerCard
  tier: string
  shop: string
  channel: Channel
  moment: Moment
  tenders: readonly TenderType[]
}

/** Conditions, prepared once a programme: the sets are built, the hours are minutes. */
export type Matcher = {
  fitsReceipt(facts: ReceiptFacts): boolean
  fitsLine(line: BasketLine): boolean
  /** how many conditions are stated */
  conditions: number
  /** segments of the category that must match; 0 without one */
  depth: number
}

export const factsOf = (basket: Basket, { cardKind, tier, moment }: Pick<ReceiptFacts, "cardKind" | "tier" | "moment">): ReceiptFacts => ({
  ...{ cardKind, tier, moment, shop: basket.shop, channel: basket.channel },
  tenders: basket.tenders.map(({ type }) => type),
})

/** One matcher; of several categories each gets its own, because each has its own depth. */
export function matchersOf(when: Conditions): Matcher[] {
  const { categories } = when
  if (!categories) return [matcherOf(when, null)]
  return categories.map((category) => matcherOf(when, category))
}

function matcherOf(when: Conditions, category: string | null): Matcher {
  const ofReceipt = receiptTests(when)
  const ofLine = lineTests(when, category)
  return {
    fitsReceipt: (facts) => ofReceipt.every((test) => test(facts)),
    fitsLine: (line) => ofLine.every((test) => test(line)),
    conditions: ofReceipt.length + ofLine.length,
    depth: category === null ? 0 : category.split("/").length,
  }
}

function receiptTests({
  cardKinds,
  tiers,
  shops,
  channels,
  tenders,
  weekdays,
  hours,
  dates,
}: Conditions): ((facts: ReceiptFacts) => boolean)[] {
  const tests: ((facts: ReceiptFacts) => boolean)[] = []
  if (cardKinds) tests.push(({ cardKind }) => cardKinds.includes(cardKind))
  if (tiers) tests.push(({ tier }) => tiers.includes(tier))
  if (shops) tests.push(among(shops, ({ shop }) => shop))
  if (channels) tests.push(({ channel }) => channels.includes(channel))
  if (tenders) tests.push((facts) => facts.tenders.length > 0 && facts.tenders.every((type) => tenders.includes(type)))
  if (weekdays) tests.push(({ moment }) => weekdays.includes(moment.weekday))
  if (hours) {
    const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)]
    tests.push(({ moment: { minute } }) => (from < to ? minute >= from && minute < to : minute >= from || minute < to))
  }
  if (dates) tests.push(({ moment: { day } }) => day >= dates.from && day <= dates.to)
  return tests
}

function lineTests({ brands, skus }: Conditions, category: string | null): ((line: BasketLine) => boolean)[] {
  const tests: ((line: BasketLine) => boolean)[] = []
  if (category !== null) tests.push((line) => isWithin(line.category, category))
  if (brands) tests.push(among(brands, ({ brand }) => brand))
  if (skus) tests.push(among(skus, ({ sku }) => sku))
  return tests
}

function among<Thing>(names: readonly string[], nameOf: (thing: Thing) => string | null): (thing: Thing) => boolean {
  const set: ReadonlySet<string | null> = new Set(names)
  return (thing) => set.has(nameOf(thing))
}
