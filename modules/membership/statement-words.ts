import type { Day, Locale } from "@mila/kernel"

/** Why staff correct a balance by hand. */
export const ADJUSTMENT_REASONS = ["missing_points", "goodwill", "mistake", "fraud", "migration"] as const

type Reason = (typeof ADJUSTMENT_REASONS)[number]

/** What a statement says about movements that no receipt explains. `{points}` is the number moved, `{reason}` why. */
export type StatementWords = {
  kinds: Record<"activation" | "expiry" | "hold" | "release" | "debt" | "merge" | "leave" | "cancelled" | "adjustment" | "other", string>
  reasons: Record<Reason | "none", string>
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
      merge: "Участия объединены, бонусы перенесены: {points}.",
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
    told: "Напоминание: {day}.",
    expiring: "Сгорят после {day}: {points}.",
  },
  be: {
    kinds: {
      activation: "Тэрмін вяртання скончыўся, бонусы сталі даступныя: {points}.",
      expiry: "Тэрмін дзеяння скончыўся, бонусы згарэлі: {points}.",
      hold: "Бонусы адкладзены на час пакупкі: {points}.",
      release: "Пакупка не адбылася, бонусы вярнуліся: {points}.",
      debt: "Доўг пагашаны бонусамі: {points}.",
      merge: "Удзелы аб'яднаныя, бонусы перанесены: {points}.",
      leave: "Удзел скончыўся, бонусы ануляваныя: {points}.",
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
    told: "Напамін: {day}.",
    expiring: "Згараць пасля {day}: {points}.",
  },
  en: {
    kinds: {
      activation: "The return window closed, points became available: {points}.",
      expiry: "Their last day passed, points expired: {points}.",
      hold: "Points were set aside during a purchase: {points}.",
      release: "The purchase did not happen, points came back: {points}.",
      debt: "Points paid a debt: {points}.",
      merge: "Memberships were joined, points moved: {points}.",
      leave: "The membership ended, points were given up: {points}.",
      cancelled: "The receipt was cancelled, points were counted back: {points}.",
      adjustment: "A clerk corrected the balance, points: {points}. Reason: {reason}.",
      other: "Points moved: {points}.",
    },
    reasons: {
      missing_points: "points had not been given",
      goodwill: "goodwill",
      mistake: "correction of a mistake",
      fraud: "abuse",
      migration: "moved from the former system",
      none: "not given",
    },
    told: "A reminder went out on {day}.",
    expiring: "Expire after {day}: {points}.",
  },
}
