import assert from "node:assert/strict"
import { test } from "node:test"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import { readProgramme } from "./programme-rules.ts"
import { aCampaign, aProgramme } from "./testing.ts"

const { accrual, tiers, redemption, pending } = DEFAULT_PROGRAMME
const [base, partner] = accrual.rules
const found = (document: unknown) => readProgramme(document).problems.map(({ path, problem }) => `${path}: ${problem}`)
const ruled = (rule: object) => aProgramme({ accrual: { ...accrual, rules: [base!, { ...partner!, ...rule }] } })

test("the default programme has no faults, and is read as it is", () => {
  const { programme, problems } = readProgramme(JSON.parse(JSON.stringify(DEFAULT_PROGRAMME)))
  assert.deepEqual([programme, problems], [DEFAULT_PROGRAMME, []])
})

test("what contradicts itself is named, with its place", () => {
  const [low, silver, gold] = tiers.levels
  const cases: [unknown, string][] = [
    [
      aProgramme({ tiers: { ...tiers, levels: [low!, { ...silver!, fromMinor: 150_000 }, gold!] } }),
      "tiers.levels.2.fromMinor: tiers_overlap",
    ],
    [aProgramme({ tiers: { ...tiers, levels: [{ ...low!, fromMinor: 1 }] } }), "tiers.levels.0.fromMinor: first_tier_not_from_zero"],
    [aProgramme({ tiers: { ...tiers, levels: [low!, { ...silver!, id: "base" }] } }), "tiers.levels.1.id: tier_repeated"],
    [aProgramme({ accrual: { ...accrual, rules: [] } }), "accrual.rules: no_rules"],
    [ruled({ id: "base" }), "accrual.rules.1.id: rule_repeated"],
    [ruled({ rateBps: 10_001 }), "accrual.rules.1.rateBps: rate_out_of_range"],
    [ruled({ rateBps: -1 }), "accrual.rules.1.rateBps: rate_out_of_range"],
    [ruled({ when: { tiers: ["base", "platinum"] } }), "accrual.rules.1.when.tiers.1: tier_unknown"],
    [ruled({ when: { hours: { from: "10:00", to: "10:00" } } }), "accrual.rules.1.when.hours: hours_are_empty"],
    [ruled({ when: { hours: { from: "24:00", to: "10:00" } } }), "accrual.rules.1.when.hours.from: bad_time"],
    [ruled({ when: { hours: { from: "25:00", to: "10:00" } } }), "accrual.rules.1.when.hours.from: bad_time"],
    [ruled({ when: { dates: { from: "2026-11-02", to: "2026-11-01" } } }), "accrual.rules.1.when.dates.to: dates_end_before_they_begin"],
    [ruled({ when: { categories: ["/face"] } }), "accrual.rules.1.when.categories.0: bad_category"],
    [
      aProgramme({ campaigns: [aCampaign({ id: "c", from: "2026-11-02", to: "2026-11-01" })] }),
      "campaigns.0.to: campaign_ends_before_it_begins",
    ],
    [aProgramme({ campaigns: [aCampaign({ id: "c", to: "2036-11-02" })] }), "campaigns.0.to: campaign_never_ends"],
    [aProgramme({ campaigns: [aCampaign({ id: "c" }), aCampaign({ id: "c" })] }), "campaigns.1.id: campaign_repeated"],
    [aProgramme({ campaigns: [aCampaign({ id: "c", when: { tiers: ["x"] } })] }), "campaigns.0.when.tiers.0: tier_unknown"],
    [
      aProgramme({ campaigns: [aCampaign({ id: "c", birthday: { daysBefore: 16, daysAfter: 16 } })] }),
      "campaigns.0.birthday: birthday_too_long",
    ],
    [
      aProgramme({ campaigns: [aCampaign({ id: "c", effect: { kind: "multiplier", timesBps: 10_000 } })] }),
      "campaigns.0.effect.timesBps: rate_out_of_range",
    ],
    [
      aProgramme({ campaigns: [aCampaign({ id: "c", effect: { kind: "threshold", fromMinor: 99, points: 100, every: true } })] }),
      "campaigns.0.effect.points: gives_more_than_is_paid",
    ],
    [aProgramme({ redemption: { ...redemption, receiptCapBps: 9_901 } }), "redemption.receiptCapBps: no_money_left"],
    [aProgramme({ redemption: { ...redemption, lineCapBps: 0 } }), "redemption.lineCapBps: no_line_takes_points"],
    [aProgramme({ redemption: { ...redemption, minimumPoints: 150, stepPoints: 100 } }), "redemption.minimumPoints: minimum_not_in_step"],
    [aProgramme({ redemption: { ...redemption, presence: ["proven", "proven"] } }), "redemption.presence: presence_repeated"],
    [
      aProgramme({
        pending: {
          ...pending,
          byCategory: [
            { category: "a", days: 1 },
            { category: "a", days: 2 },
          ],
        },
      }),
      "pending.byCategory.1.category: category_repeated",
    ],
  ]
  for (const [document, problem] of cases) assert.deepEqual(found(document), [problem])
})

test("what touches without crossing is allowed", () => {
  const documents = [
    aProgramme({ campaigns: [aCampaign({ id: "c", from: "2026-11-01", to: "2026-11-01" })] }),
    aProgramme({ reminders: { daysBefore: [30, 7], leastDays: 30 } }),
    aProgramme({ campaigns: [aCampaign({ id: "c", from: "2026-11-01", to: "2036-11-01", birthday: { daysBefore: 15, daysAfter: 16 } })] }),
    aProgramme({ campaigns: [aCampaign({ id: "c", effect: { kind: "threshold", fromMinor: 100, points: 100, every: true } })] }),
    aProgramme({ redemption: { ...redemption, receiptCapBps: 0, lineCapBps: 0 } }),
    aProgramme({ redemption: { ...redemption, receiptCapBps: 9_900, lineCapBps: 9_900 } }),
    ruled({ when: { dates: { from: "2026-11-01", to: "2026-11-01" }, hours: { from: "22:00", to: "02:00" }, tiers: ["gold"] } }),
  ]
  for (const document of documents) assert.deepEqual(found(document), [])
})

test("a field nobody knows, a missing one and another type are faults", () => {
  assert.deepEqual(found({ ...DEFAULT_PROGRAMME, extra: 1 }), [": unrecognized_keys"])
  assert.deepEqual(found({ ...DEFAULT_PROGRAMME, expiryDays: "180" }), ["expiryDays: invalid_type"])
  assert.deepEqual(found({ ...DEFAULT_PROGRAMME, tenders: { cash: { earn: "all", redeem: true } } }).length, 5)
  assert.ok(found(null).length > 0)
})
