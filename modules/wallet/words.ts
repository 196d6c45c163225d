import type { Localized } from "@mila/kernel"

// What passes say, beside the programme's own texts. `%@` is Apple's place for the new value.

export const WORDS = {
  balance: { ru: "Бонусы", be: "Бонусы", en: "Points" },
  balanceChanged: { ru: "Теперь у вас бонусов: %@", be: "Цяпер у вас бонусаў: %@", en: "Your points are now %@" },
  expiring: { ru: "Скоро сгорят", be: "Хутка згараць", en: "Expiring soon" },
  lastDay: { ru: "Последний день", be: "Апошні дзень", en: "Last day" },
  member: { ru: "Участник", be: "Удзельнік", en: "Member" },
  card: { ru: "Карта", be: "Картка", en: "Card" },
  isVoid: { ru: "Не действует", be: "Не дзейнічае", en: "Not valid" },
  next: { ru: "Что делать", be: "Што рабіць", en: "What to do" },
  seeCards: {
    ru: "Посмотрите карты в личном кабинете",
    be: "Паглядзіце карткі ў асабістым кабінеце",
    en: "Check your cards in your account",
  },
  number: { ru: "Номер карты", be: "Нумар карткі", en: "Card number" },
  contact: { ru: "Связаться с нами", be: "Звязацца з намі", en: "Contact us" },
} satisfies Record<string, Localized>
