import type { Locale } from "@mila/kernel"
import type { MovementKind } from "./statement.ts"

export type StatementWords = {
  title: string
  period: (from: string, to: string) => string
  member: string
  card: string
  noCard: string
  opening: (day: string) => string
  totals: Record<MovementKind, string>
  closing: (day: string) => string
  worth: (money: string) => string
  movements: string
  noMovements: string
  columns: { day: string; what: string; shop: string; receipt: string; points: string; balance: string }
  pending: string
  activatesOn: string
  /** how points count; `one` is a point in words, `money` what it is worth */
  note: (one: string, money: string) => string
}

export const STATEMENT_WORDS: Record<Locale, StatementWords> = {
  ru: {
    title: "Выписка по бонусам",
    period: (from, to) => `${from} — ${to}`,
    member: "Участник",
    card: "Бонусная карта",
    noCard: "нет",
    opening: (day) => `Было на начало ${day}`,
    totals: { earned: "Начислено", spent: "Списано", expired: "Сгорело", other: "Возвраты и исправления" },
    closing: (day) => `Стало на конец ${day}`,
    worth: (money) => `это ${money}`,
    movements: "Движение бонусов",
    noMovements: "За эти дни движений не было.",
    columns: { day: "Дата", what: "Что произошло", shop: "Магазин", receipt: "УИ чека", points: "Бонусы", balance: "Остаток" },
    pending: "Начислены, но ещё не доступны",
    activatesOn: "Станут доступны",
    note: (one, money) =>
      `${one} = ${money} при оплате покупки. Бонусы — целые числа. Начисленные за покупку становятся доступны, когда проходит срок возврата товара; ` +
      "остаток, начисления и списания этой выписки считают только доступные бонусы.",
  },
  be: {
    title: "Выпіска па бонусах",
    period: (from, to) => `${from} — ${to}`,
    member: "Удзельнік",
    card: "Бонусная картка",
    noCard: "няма",
    opening: (day) => `Было на пачатак ${day}`,
    totals: { earned: "Налічана", spent: "Спісана", expired: "Згарэла", other: "Вяртанні і выпраўленні" },
    closing: (day) => `Стала на канец ${day}`,
    worth: (money) => `гэта ${money}`,
    movements: "Рух бонусаў",
    noMovements: "За гэтыя дні руху не было.",
    columns: { day: "Дата", what: "Што адбылося", shop: "Крама", receipt: "УІ чэка", points: "Бонусы", balance: "Астатак" },
    pending: "Налічаны, але яшчэ не даступныя",
    activatesOn: "Стануць даступныя",
    note: (one, money) =>
      `${one} = ${money} пры аплаце пакупкі. Бонусы — цэлыя лікі. Налічаныя за пакупку становяцца даступныя, калі мінае тэрмін вяртання тавару; ` +
      "астатак, налічэнні і спісанні гэтай выпіскі ўлічваюць толькі даступныя бонусы.",
  },
  en: {
    title: "Points statement",
    period: (from, to) => `${from} – ${to}`,
    member: "Member",
    card: "Bonus card",
    noCard: "none",
    opening: (day) => `At the start of ${day}`,
    totals: { earned: "Earned", spent: "Spent", expired: "Expired", other: "Returns and corrections" },
    closing: (day) => `At the end of ${day}`,
    worth: (money) => `worth ${money}`,
    movements: "Movements",
    noMovements: "No movements in this period.",
    columns: { day: "Date", what: "What happened", shop: "Shop", receipt: "Receipt UID", points: "Points", balance: "Balance" },
    pending: "Earned, not yet available",
    activatesOn: "Available from",
    note: (one, money) =>
      `${one} = ${money} when you pay for a purchase. Points are whole numbers. Those earned with a purchase become available once its goods ` +
      "can no longer be returned; the balances, points earned and points spent in this statement count available points only.",
  },
}
