import type { Locale } from "@mila/kernel"
import type { Dice } from "./seeded.ts"

const WOMEN = [
  "Анна",
  "Ольга",
  "Мария",
  "Екатерина",
  "Татьяна",
  "Наталья",
  "Ирина",
  "Елена",
  "Светлана",
  "Алеся",
  "Дарья",
  "Полина",
  "Виктория",
  "Юлия",
  "Марина",
  "Вероника",
  "Ксения",
  "Людмила",
  "Надежда",
  "Инна",
]
const MEN = ["Александр", "Дмитрий", "Сергей", "Андрей", "Павел", "Максим", "Никита", "Игорь", "Янка", "Владимир"]
const FAMILIES = [
  "Ковалевич",
  "Шевчук",
  "Бондаренко",
  "Петрович",
  "Климович",
  "Гурко",
  "Мороз",
  "Савич",
  "Дубовик",
  "Каминская",
  "Журавлевич",
  "Зайко",
  "Сорока",
  "Волк",
  "Лысенок",
  "Карпович",
  "Жук",
  "Якубович",
  "Семашко",
  "Гриб",
]

export type DemoPerson = {
  name: { family: string; given: string; patronymic: string | null }
  phone: string
  email: null
  birthday: { month: number; day: number } | null
  locale: Locale
}

/** Whether somebody of this name speaks of themselves as a man. */
export const isMan = ({ name: { given } }: DemoPerson): boolean => MEN.includes(given)

/** Somebody who does not exist, with a phone number of a block that no operator gives out. */
export function demoPerson(dice: Dice, no: number): DemoPerson {
  const given = dice.pick(dice.chance(0.85) ? WOMEN : MEN)
  return {
    name: { family: dice.pick(FAMILIES), given, patronymic: null },
    phone: phoneOf(no),
    email: null,
    birthday: dice.chance(0.8) ? { month: dice.between(1, 12), day: dice.between(1, 28) } : null,
    locale: dice.chance(0.75) ? "ru" : dice.chance(0.8) ? "be" : "en",
  }
}

/** The phone of the demo member with this number, 1 and up. */
export const phoneOf = (no: number): string => `+37529000${String(no).padStart(4, "0")}`
