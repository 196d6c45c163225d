import type { Programme } from "./programme.ts"

/** What holds until a chain publishes its own programme: version 0. The figures are assumptions, every one of them can be changed by publishing. */
export const DEFAULT_PROGRAMME: Programme = {
  name: { ru: "Программа лояльности", be: "Праграма лаяльнасці", en: "Loyalty programme" },
  pointWorthMinor: 1,
  accrual: {
    rules: [
      { id: "base", name: { ru: "Базовая ставка", be: "Базавая стаўка", en: "Base rate" }, rateBps: 100, priority: 0, when: {} },
      {
        id: "partner-card",
        name: { ru: "Карта партнёра", be: "Картка партнёра", en: "Partner card" },
        rateBps: 300,
        priority: 0,
        when: { cardKinds: ["partner"] },
      },
    ],
    exclude: { categories: [], brands: [] },
  },
  campaigns: [],
  tenders: {
    cash: { earn: "all", redeem: true },
    card: { earn: "all", redeem: true },
    installment: { earn: "none", redeem: false },
    certificate: { earn: "rest", redeem: true },
    erip: { earn: "all", redeem: true },
    other: { earn: "all", redeem: true },
  },
  tiers: {
    windowMonths: 12,
    levels: [
      { id: "base", name: { ru: "Базовый", be: "Базавы", en: "Base" }, fromMinor: 0 },
      { id: "silver", name: { ru: "Серебряный", be: "Срэбны", en: "Silver" }, fromMinor: 50_000 },
      { id: "gold", name: { ru: "Золотой", be: "Залаты", en: "Gold" }, fromMinor: 150_000 },
    ],
  },
  pending: { days: 14, byCategory: [] },
  expiryDays: 180,
  reminders: { daysBefore: [30, 7, 1], leastDays: 7 },
  redemption: {
    receiptCapBps: 3_000,
    lineCapBps: 5_000,
    minimumPoints: 100,
    stepPoints: 1,
    discountedFromBps: 2_000,
    exclude: { categories: [], brands: [] },
    presence: ["proven"],
    offlinePointsADay: 500,
  },
  returns: { shortage: "debt", restoredForDays: 30 },
}
