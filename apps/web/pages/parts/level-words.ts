import type { Locale } from "@mila/kernel"

const ru = {
  title: "Уровень",
  bought: "Покупки за {months} мес.: {money}",
  next: "До уровня «{level}» осталось {money}",
  falls: "Если не покупать, с {day} будет «{level}»",
}
const be: typeof ru = {
  title: "Узровень",
  bought: "Пакупкі за {months} мес.: {money}",
  next: "Да ўзроўню «{level}» засталося {money}",
  falls: "Калі не купляць, з {day} будзе «{level}»",
}
const en: typeof ru = {
  title: "Level",
  bought: "Bought in {months} months: {money}",
  next: "{money} more to “{level}”",
  falls: "Without purchases it is “{level}” from {day}",
}

export const LEVEL: Readonly<Record<Locale, typeof ru>> = { ru, be, en }
