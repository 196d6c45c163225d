import type { Locale } from "@mila/kernel"

const ru = {
  title: "Списание бонусов",
  open: "Телефон или карта в чужих руках? Закройте списание: бонусы будут только копиться, пока вы его не откроете.",
  locked: "Списание закрыто: какую карту ни покажут на кассе, бонусы только копятся.",
  lockedByStaff: "Списание закрыл наш сотрудник, открыть его может только он: позвоните нам. Бонусы копятся как обычно.",
  rests: "Списать бонусы можно с {at}: недавно изменились телефон, почта или пароль. Копить можно как обычно.",
  lock: "Закрыть списание",
  unlock: "Открыть списание",
  manage: "Открыть раздел «Карта»",
}

export type SpendingWords = typeof ru

const be: SpendingWords = {
  title: "Спісанне бонусаў",
  open: "Тэлефон або картка ў чужых руках? Закрыйце спісанне: бонусы будуць толькі назапашвацца, пакуль вы яго не адкрыеце.",
  locked: "Спісанне закрыта: якую картку ні пакажуць на касе, бонусы толькі назапашваюцца.",
  lockedByStaff: "Спісанне закрыў наш супрацоўнік, адкрыць яго можа толькі ён: патэлефануйце нам. Бонусы назапашваюцца як звычайна.",
  rests: "Спісаць бонусы можна з {at}: нядаўна змяніліся тэлефон, пошта або пароль. Збіраць можна як звычайна.",
  lock: "Закрыць спісанне",
  unlock: "Адкрыць спісанне",
  manage: "Адкрыць раздзел «Картка»",
}

const en: SpendingWords = {
  title: "Spending points",
  open: "Is your phone or card in someone else’s hands? Lock spending: points will only be collected until you unlock it.",
  locked: "Spending is locked: whatever card is shown at the till, points are only collected.",
  lockedByStaff: "Our staff locked spending, and only they can unlock it: please call us. You collect points as usual.",
  rests: "You can spend points from {at}: your phone, e-mail or password has changed lately. You collect points as usual.",
  lock: "Lock spending",
  unlock: "Unlock spending",
  manage: "Open the card page",
}

export const SPENDING: Readonly<Record<Locale, SpendingWords>> = { ru, be, en }
