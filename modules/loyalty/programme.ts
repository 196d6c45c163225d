import { z } from "zod"
import { CHANNELS, EARNER_CARDS, PRESENCES, TENDER_TYPES } from "./basket.ts"

// The programme is a document: everything a chain decides about points, and nothing a programmer has to change.
// Rates are basis points (100 = 1 %), money is kopecks of BYN, days and hours are Minsk's.

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "bad_name")
const localized = z.strictObject({ ru: z.string().min(1).max(200), be: z.string().min(1).max(200), en: z.string().min(1).max(200) })
const path = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+){0,7}$/, "bad_category")
const day = z.iso.date()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "bad_time")
const rate = z.number().int().min(0, "rate_out_of_range").max(10_000, "rate_out_of_range")
const days = z.number().int().min(0).max(3_650)
const money = z.number().int().min(0).max(1_000_000_000)
const many = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(200)

/** Who, what, where and when a rule or a campaign is for. What is left out does not matter; what is named must hold, all of it. */
const Conditions = z.strictObject({
  cardKinds: many(z.enum(EARNER_CARDS)).optional(),
  tiers: many(id).optional(),
  /** a category counts with everything below it */
  categories: many(path).optional(),
  brands: many(z.string().min(1).max(100)).optional(),
  skus: many(z.string().min(1).max(64)).optional(),
  shops: many(z.string().min(1).max(40)).optional(),
  channels: many(z.enum(CHANNELS)).optional(),
  /** every tender of the receipt is one of these */
  tenders: many(z.enum(TENDER_TYPES)).optional(),
  /** 1 is Monday */
  weekdays: many(z.number().int().min(1).max(7)).optional(),
  /** from the first minute to before the last */
  hours: z.strictObject({ from: time, to: time }).optional(),
  /** both days count */
  dates: z.strictObject({ from: day, to: day }).optional(),
})

const AccrualRule = z.strictObject({
  id,
  name: localized,
  rateBps: rate,
  /** the greater wins; among equals the more conditions, then the deeper category, then the better rate, then the id */
  priority: z.number().int().min(-1_000).max(1_000),
  when: Conditions,
})

const Effect = z.discriminatedUnion("kind", [
  /** 20000 doubles what the rule of the line earns: the campaign adds the extra */
  z.strictObject({
    kind: z.literal("multiplier"),
    timesBps: z.number().int().min(10_001, "rate_out_of_range").max(1_000_000, "rate_out_of_range"),
  }),
  /** so many points for the receipt, or for each whole piece */
  z.strictObject({ kind: z.literal("fixed"), points: z.number().int().min(1).max(1_000_000), per: z.enum(["receipt", "piece"]) }),
  /** so many points when the matching lines reach the sum; `every`: for each time they reach it */
  z.strictObject({
    kind: z.literal("threshold"),
    fromMinor: money.min(1),
    points: z.number().int().min(1).max(1_000_000),
    every: z.boolean(),
  }),
])

const Campaign = z.strictObject({
  id,
  name: localized,
  /** first and last day */
  from: day,
  to: day,
  when: Conditions,
  /** only so many days before and after the member's birthday; 29 February is 28 February in a common year */
  birthday: z.strictObject({ daysBefore: z.number().int().min(0).max(30), daysAfter: z.number().int().min(0).max(30) }).nullable(),
  effect: Effect,
  /** of the campaigns of one group only the best for the member counts on a receipt */
  group: id.nullable(),
  /** all points the campaign may ever give; it stops by itself. One number for the campaign, whatever the version */
  budgetPoints: z.number().int().min(1).max(1_000_000_000_000).nullable(),
  /** its points expire on their own clock; null: the programme's */
  expiryDays: days.min(1).nullable(),
})

const Tier = z.strictObject({ id, name: localized, fromMinor: money })

const TenderRule = z.strictObject({
  /** `all`: this money earns; `rest`: the other money earns; `none`: a receipt with it earns nothing */
  earn: z.enum(["all", "rest", "none"]),
  redeem: z.boolean(),
})

export const Programme = z.strictObject({
  name: localized,
  /** kopecks of discount for one point */
  pointWorthMinor: z.number().int().min(1).max(10_000),
  accrual: z.strictObject({
    rules: z.array(AccrualRule).max(500),
    exclude: z.strictObject({ categories: z.array(path).max(500), brands: z.array(z.string().min(1)).max(500) }),
  }),
  campaigns: z.array(Campaign).max(200),
  tenders: z.record(z.enum(TENDER_TYPES), TenderRule),
  tiers: z.strictObject({ windowMonths: z.number().int().min(1).max(60), levels: z.array(Tier).min(1).max(20) }),
  pending: z.strictObject({
    /** days until points can be used: the return window */
    days,
    /** other windows for categories; the deepest category decides */
    byCategory: z.array(z.strictObject({ category: path, days })).max(500),
  }),
  /** days from activation to the last usable day */
  expiryDays: days.min(1),
  /**
   * before points expire their member is told so many days ahead, each time once; told late, they live at least so many days more. `pushCounts`: a notification that
   * its service took is a reminder in itself, and no SMS is sent beside it
   */
  reminders: z
    .strictObject({
      daysBefore: z.array(days.min(1).max(365)).min(1).max(5),
      leastDays: days.min(1).max(90),
      pushCounts: z.boolean().optional(),
    })
    .default({ daysBefore: [30, 7, 1], leastDays: 7 }),
  redemption: z.strictObject({
    receiptCapBps: rate.max(9_900, "no_money_left"),
    lineCapBps: rate.max(9_900, "no_money_left"),
    minimumPoints: z.number().int().min(1).max(1_000_000),
    stepPoints: z.number().int().min(1).max(1_000_000),
    /** a line discounted by so much or more takes no points; null: any discount will do */
    discountedFromBps: rate.min(1).nullable(),
    exclude: z.strictObject({ categories: z.array(path).max(500), brands: z.array(z.string().min(1)).max(500) }),
    /** who may redeem; a static number only earns unless it is named here */
    presence: z.array(z.enum(PRESENCES)).max(3),
    /** what a till that is alone may give away, a member and day */
    offlinePointsADay: z.number().int().min(0).max(10_000_000),
  }),
  returns: z.strictObject({
    /** points to claw that are gone: the member owes them, or the house carries them */
    shortage: z.enum(["debt", "exposure"]),
    /** restored points keep their expiry, but live at least so many days */
    restoredForDays: days,
  }),
})

export type Programme = z.infer<typeof Programme>
export type Conditions = z.infer<typeof Conditions>
export type AccrualRule = Programme["accrual"]["rules"][number]
export type Campaign = Programme["campaigns"][number]
export type Tier = Programme["tiers"]["levels"][number]
