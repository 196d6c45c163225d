import type { Localized } from "@mila/kernel"

// What passes say, beside the programme's own texts. `%@` is Apple's place for the new value.

export const WORDS = {
  balance: { ru: "Бонусы", be: "Бонусы", en: "Points" },
  balanceChanged: { ru: "Теперь у вас бонусов: %@", be: "Цяпер у вас бонусаў: %@", en: "Your points are now %@" },
  expiring: { ru: "Скоро сгорят", be: "Хутка згараць", en: "Ending soon" },
  lastDay: { ru: "Последний день", be: "Апошні дзень", en: "Last day" },
  member: { ru: "Участник", be: "Удзельнік", en: "Member" },
  number: { ru: "Номер карты", be: "Нумар карты", en: "Card number" },
  contact: { ru: "Связаться с нами", be: "Звязацца з намі", en: "Contact us" },
} satisfies Record<string, Localized>
