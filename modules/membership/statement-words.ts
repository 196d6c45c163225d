import type { Day, Locale } from "@mila/kernel"

/** Why staff correct a balance by hand. */
export const ADJUSTMENT_REASONS = ["missing_points", "goodwill", "mistake", "fraud", "migration"] as const

type Reason = (typeof ADJUSTMENT_REASONS)[number]

/** What a statement says about movements that no receipt explains. `{points}` is the number moved, `{reason}` why. */
export type StatementWords = {
  kinds: Record<
    "activation" | "expiry" | "hold" | "release" | "debt" | "merge" | "gift" | "leave" | "cancelled" | "adjustment" | "other",
    string
  >
  reasons: Record<Reason | "none", string>
  /** added where lots awoke or expired: which purchases they were of, `{days}` */
  bought: { one: string; more: string }
  /** added to an expiry: that its member was told, and when */
  told: string
  /** what is about to end */
  expiring: string
}

/** `15.05.2027` of `2027-05-15`. */
export const dayInWords = (day: Day): string => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

export const STATEMENT_WORDS: Record<Locale, StatementWords> = {
  ru: {
    kinds: {
      activation: "Срок возврата закончился, бонусы стали доступны: {points}.",
      expiry: "Срок действия закончился, бонусы сгорели: {points}.",
      hold: "Бонусы отложены на время покупки: {points}.",
      release: "Покупка не состоялась, бонусы вернулись: {points}.",
      debt: "Долг погашен бонусами: {points}.",
      merge: "Счета объединены, бонусы перенесены: {points}.",
      gift: "Бонусы подарил участник, который вышел из программы: {points}.",
      leave: "Участие закончилось, бонусы аннулированы: {points}.",
      cancelled: "Чек отменён, бонусы пересчитаны: {points}.",
      adjustment: "Баланс исправил сотрудник, бонусы: {points}. Причина: {reason}.",
      other: "Движение бонусов: {points}.",
    },
    reasons: {
      missing_points: "бонусы не были начислены",
      goodwill: "жест доброй воли",
      mistake: "исправление ошибки",
      fraud: "злоупотребление",
      migration: "перенос из прежней системы",
      none: "не указана",
    },
    bought: { one: "За покупку {days}.", more: "За покупки: {days}." },
    told: "Напоминание отправили {day}.",
    expiring: "Сгорят после {day}: {points}.",
  },
  be: {
    kinds: {
      activation: "Тэрмін вяртання скончыўся, бонусы сталі даступныя: {points}.",
      expiry: "Тэрмін дзеяння скончыўся, бонусы згарэлі: {points}.",
      hold: "Бонусы адкладзены на час пакупкі: {points}.",
      release: "Пакупка не адбылася, бонусы вярнуліся: {points}.",
      debt: "Доўг пагашаны бонусамі: {points}.",
      merge: "Рахункі аб’яднаны, бонусы перанесены: {points}.",
      gift: "Бонусы падарыў удзельнік, які выйшаў з праграмы: {points}.",
      leave: "Удзел скончыўся, бонусы ануляваны: {points}.",
      cancelled: "Чэк адменены, бонусы пералічаны: {points}.",
      adjustment: "Баланс выправіў супрацоўнік, бонусы: {points}. Прычына: {reason}.",
      other: "Рух бонусаў: {points}.",
    },
    reasons: {
      missing_points: "бонусы не былі налічаны",
      goodwill: "жэст добрай волі",
      mistake: "выпраўленне памылкі",
      fraud: "злоўжыванне",
      migration: "перанос з ранейшай сістэмы",
      none: "не пазначана",
    },
    bought: { one: "За пакупку {days}.", more: "За пакупкі: {days}." },
    told: "Напамін адправілі {day}.",
    expiring: "Згараць пасля {day}: {points}.",
  },
  en: {
    kinds: {
      activation: "The return period ended, points became available: {points}.",
      expiry: "Their validity ended, points expired: {points}.",
      hold: "Points set aside during a purchase: {points}.",
      release: "The purchase was not completed, points returned: {points}.",
      debt: "Debt repaid with points: {points}.",
      merge: "Accounts joined, points moved: {points}.",
      gift: "Points given by a member who left the programme: {points}.",
      leave: "Membership ended, points cancelled: {points}.",
      cancelled: "Receipt cancelled, points recalculated: {points}.",
      adjustment: "Balance corrected by our staff, points: {points}. Reason: {reason}.",
      other: "Points moved: {points}.",
    },
    reasons: {
      missing_points: "points had not been added",
      goodwill: "goodwill gesture",
      mistake: "correction of a mistake",
      fraud: "abuse",
      migration: "transfer from the previous system",
      none: "not given",
    },
    bought: { one: "For the purchase of {days}.", more: "For purchases: {days}." },
    told: "Reminder sent on {day}.",
    expiring: "Expiring after {day}: {points}.",
  },
}
