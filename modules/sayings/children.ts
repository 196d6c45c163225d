import type { Locale } from "@mila/kernel"

const ru = {
  birth_date_needed: "Укажите дату рождения ребёнка целиком: день, месяц и год.",
  child_grown: "По этой дате ребёнку уже 16: карту он оформляет сам.",
  representative_name_invalid: "Напишите имя и фамилию представителя буквами, без цифр.",
  representative_unfit: "Нужен номер взрослого представителя: не номер ребёнка, который получает карту, и не другого ребёнка.",
  child_unknown: "Такого ребёнка среди тех, за кого вы согласились, нет.",
  child_young: "Пока нет 16 лет, соглашается представитель.",
  child_consent: "Пока вам нет 16 лет, на рекламу и личные предложения соглашается представитель: на странице «Представителю».",
  child_partner_card: "«Моцную картку» можно привязать с 16 лет. Ваша карта «Мила» копит бонусы и без неё.",
  child_photos: "Фото к отзыву можно добавить с 16 лет. Оценка и слова — пожалуйста!",
  representative_needed: "Тем, кому нет 16 лет, нужно согласие родителя или другого представителя.",
}

const be: typeof ru = {
  birth_date_needed: "Укажыце дату нараджэння дзіцяці цалкам: дзень, месяц і год.",
  child_grown: "Паводле гэтай даты дзіцяці ўжо 16: карту яно афармляе само.",
  representative_name_invalid: "Напішыце імя і прозвішча прадстаўніка літарамі, без лічбаў.",
  representative_unfit: "Патрэбны нумар дарослага прадстаўніка: не нумар дзіцяці, якое атрымлівае карту, і не іншага дзіцяці.",
  child_unknown: "Такога дзіцяці сярод тых, за каго вы пагадзіліся, няма.",
  child_young: "Пакуль няма 16 гадоў, пагаджаецца прадстаўнік.",
  child_consent: "Пакуль вам няма 16 гадоў, на рэкламу і асабістыя прапановы пагаджаецца прадстаўнік: на старонцы «Прадстаўніку».",
  child_partner_card: "«Моцную картку» можна прывязаць з 16 гадоў. Ваша карта «Міла» назапашвае бонусы і без яе.",
  child_photos: "Фота да водгуку можна дадаць з 16 гадоў. Ацэнка і словы — калі ласка!",
  representative_needed: "Тым, каму няма 16 гадоў, патрэбна згода бацькоў або іншага прадстаўніка.",
}

const en: typeof ru = {
  birth_date_needed: "Please give the child's whole birth date: day, month and year.",
  child_grown: "By this date they are 16 already: they get the card themselves.",
  representative_name_invalid: "Write the representative's name in letters, without digits.",
  representative_unfit:
    "We need the number of a grown-up representative: neither that of the child who gets the card nor that of another child.",
  child_unknown: "There is no such child among those you agreed for.",
  child_young: "Under 16 the representative agrees.",
  child_consent: "Under 16, your representative agrees to advertising and personal offers: on the page “For representatives”.",
  child_partner_card: "“Моцная картка” can be linked from 16 on. Your Mila card earns points without it.",
  child_photos: "Photos can be added to a review from 16 on. Stars and words are welcome!",
  representative_needed: "Under 16 a parent or another representative has to agree.",
}

/** What is said to children and to who represents them. */
export const CHILDREN: Readonly<Record<Locale, typeof ru>> = { ru, be, en }
