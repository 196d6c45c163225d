import type { Locale } from "@mila/kernel"

const ru = {
  birth_date_needed: "Укажите дату рождения ребёнка целиком: день, месяц и год.",
  child_grown: "По этой дате ребёнку уже 16\u00a0лет: карту он оформляет сам.",
  representative_name_invalid: "Напишите имя и фамилию представителя буквами, без цифр.",
  representative_unfit: "Нужен номер взрослого представителя: не номер ребёнка, который получает карту, и не другого ребёнка.",
  child_unknown: "Среди тех, за кого вы дали согласие, такого ребёнка нет.",
  child_young: "Пока нет 16\u00a0лет, согласие даёт представитель.",
  child_consent: "Пока вам нет 16\u00a0лет, согласие на рекламу и личные предложения даёт представитель — на странице «Представителю».",
  child_partner_card: "«Моцную картку» можно привязать с\u00a016\u00a0лет. Ваша карта «Милы» копит бонусы и без неё.",
  child_photos: "Фото к отзыву можно добавить с\u00a016\u00a0лет. Оценка и слова — пожалуйста!",
  representative_needed: "Тем, кому нет 16\u00a0лет, нужно согласие родителя или другого представителя.",
}

const be: typeof ru = {
  birth_date_needed: "Укажыце дату нараджэння дзіцяці цалкам: дзень, месяц і год.",
  child_grown: "Паводле гэтай даты дзіцяці ўжо 16\u00a0гадоў: картку яно афармляе само.",
  representative_name_invalid: "Напішыце імя і прозвішча прадстаўніка літарамі, без лічбаў.",
  representative_unfit: "Патрэбны нумар дарослага прадстаўніка: не нумар дзіцяці, якое атрымлівае картку, і не іншага дзіцяці.",
  child_unknown: "Сярод тых, за каго вы далі згоду, такога дзіцяці няма.",
  child_young: "Пакуль няма 16\u00a0гадоў, згоду дае прадстаўнік.",
  child_consent: "Пакуль вам няма 16\u00a0гадоў, згоду на рэкламу і асабістыя прапановы дае прадстаўнік — на старонцы «Прадстаўніку».",
  child_partner_card: "«Моцную картку» можна прывязаць з\u00a016\u00a0гадоў. Ваша картка «Мілы» назапашвае бонусы і без яе.",
  child_photos: "Фота да водгуку можна дадаць з\u00a016\u00a0гадоў. Ацэнка і словы — калі ласка!",
  representative_needed: "Тым, каму няма 16\u00a0гадоў, патрэбна згода аднаго з бацькоў або іншага прадстаўніка.",
}

const en: typeof ru = {
  birth_date_needed: "Please enter the child’s full date of birth: day, month and year.",
  child_grown: "By this date the child is already 16 and gets the card themselves.",
  representative_name_invalid: "Write the representative’s name in letters, without digits.",
  representative_unfit:
    "We need the number of an adult representative: not the number of the child who gets the card, nor of another child.",
  child_unknown: "There is no such child among those you gave consent for.",
  child_young: "Until the age of 16, the representative gives consent.",
  child_consent:
    "Until you are 16, your representative gives consent to advertising and personal offers on the page “For representatives”.",
  child_partner_card: "You can link “Моцная картка” from the age of 16. Your Mila card earns points without it.",
  child_photos: "You can add photos to a review from the age of 16. Your rating and words are welcome!",
  representative_needed: "Under 16, consent of a parent or another representative is required.",
}

/** What is said to children and to who represents them. */
export const CHILDREN: Readonly<Record<Locale, typeof ru>> = { ru, be, en }
