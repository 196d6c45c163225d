import type { Locale } from "@mila/kernel"

const ru = {
  title: "Уровень",
  bought: "Покупки за {months}\u00a0мес.: {money}",
  next: "До уровня «{level}» осталось {money}",
  falls: "Если не покупать, с {day} уровень будет «{level}»",
}
const be: typeof ru = {
  title: "Узровень",
  bought: "Пакупкі за {months}\u00a0мес.: {money}",
  next: "Да ўзроўню «{level}» засталося {money}",
  falls: "Калі не купляць, з {day} узровень будзе «{level}»",
}
const en: typeof ru = {
  title: "Level",
  bought: "Purchases in {months}\u00a0months: {money}",
  next: "{money} to go to “{level}”",
  falls: "Without purchases, your level will be “{level}” from {day}",
}

export const LEVEL: Readonly<Record<Locale, typeof ru>> = { ru, be, en }
