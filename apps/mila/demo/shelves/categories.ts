import type { Category } from "@mila/catalog"
import { FAMILIES } from "./families.ts"

const ROWS = `
face | Уход за лицом | Догляд за тварам | Face care
face/creams | Кремы и эмульсии | Крэмы і эмульсіі | Creams and emulsions
face/cleansing | Очищение | Ачышчэнне | Cleansing
face/toning | Тоники и эссенции | Тонікі і эсэнцыі | Toners and essences
face/peeling | Скрабы и пилинги | Скрабы і пілінгі | Scrubs and peels
face/masks | Маски и патчи | Маскі і патчы | Masks and patches
face/serums | Сыворотки и масла | Сыроваткі і алеі | Serums and oils
face/lips | Уход за губами | Догляд за вуснамі | Lip care
makeup | Декоративная косметика | Дэкаратыўная касметыка | Make-up
makeup/lips | Губы | Вусны | Lips
makeup/eyes | Глаза | Вочы | Eyes
makeup/brows | Брови | Бровы | Brows
makeup/face | Лицо | Твар | Complexion
body | Уход за телом | Догляд за целам | Body care
body/bath | Ванна и душ | Ванна і душ | Bath and shower
body/care | Кремы, масла, скрабы | Крэмы, алеі, скрабы | Creams, oils, scrubs
body/hands | Руки и ноги | Рукі і ногі | Hands and feet
body/deodorants | Дезодоранты | Дэзадаранты | Deodorants
body/sun | Защита от солнца | Абарона ад сонца | Sun care
hair | Волосы | Валасы | Hair
hair/wash | Шампуни и бальзамы | Шампуні і бальзамы | Shampoos and conditioners
hair/care | Уход за волосами | Догляд за валасамі | Hair care
hair/styling | Укладка | Укладка | Styling
hygiene | Гигиена | Гігіена | Hygiene
hygiene/oral | Полость рта | Поласць рота | Oral care
hygiene/women | Женская гигиена | Жаночая гігіена | Feminine hygiene
hygiene/paper | Бумага, салфетки, вата | Папера, сурвэткі, вата | Paper, wipes, cotton
kids | Мамам и малышам | Мамам і малышам | Mothers and babies
kids/wash | Купание | Купанне | Bath time
kids/care | Уход за малышом | Догляд за малышом | Baby care
kids/nappies | Подгузники и салфетки | Падгузкі і сурвэткі | Nappies and wipes
home | Стирка, уборка и бытовая химия | Мыццё, прыбіранне і бытавая хімія | Laundry and cleaning
home/laundry | Стирка | Мыццё бялізны | Laundry
home/cleaning | Уборка | Прыбіранне | Cleaning
home/air | Ароматы для дома | Водары для дома | Home fragrance
perfume | Парфюмерия | Парфумерыя | Perfume
perfume/women | Женская | Жаночая | For her
perfume/men | Мужская | Мужчынская | For him
perfume/body | Для тела | Для цела | For the body
colour | Окрашивание | Афарбоўванне | Hair colour
colour/dye | Краски и бальзамы | Фарбы і бальзамы | Dyes and tints
nails | Маникюр | Манікюр | Nails
nails/polish | Лаки | Лакі | Polishes
nails/care | Уход за ногтями | Догляд за пазногцямі | Nail care
nails/tools | Инструменты | Інструменты | Tools
accessories | Бижутерия и аксессуары | Біжутэрыя і аксесуары | Jewellery and accessories
accessories/hair | Для волос | Для валасоў | For hair
accessories/jewellery | Бижутерия | Біжутэрыя | Jewellery
accessories/makeup | Для макияжа | Для макіяжу | For make-up
men | Мужчинам | Мужчынам | For men
men/shaving | Бритьё | Галенне | Shaving
men/care | Уход | Догляд | Care
house | Дом и канцелярия | Дом і канцылярыя | House and stationery
house/kitchen | Кухня и уборка | Кухня і прыбіранне | Kitchen and cleaning
house/comfort | Уют | Утульнасць | Comfort
house/stationery | Канцелярия | Канцылярыя | Stationery
socks | Носки и колготки | Шкарпэткі і калготкі | Socks and tights
socks/women | Женские | Жаночыя | For women
socks/men | Мужские | Мужчынскія | For men
socks/kids | Детские | Дзіцячыя | For children
sets | Подарочные наборы | Падарункавыя наборы | Gift sets
services | Сертификаты и услуги | Сертыфікаты і паслугі | Certificates and services`

/** The demo chain's categories, parents first, in the order they are shown. */
export const CATEGORIES: readonly Category[] = ROWS.trim()
  .split("\n")
  .map((row, position) => {
    const [path = "", ru = "", be = "", en = ""] = row.split(" | ")
    return { path, name: { ru, be, en }, position, family: familyIn(path) }
  })

/** The kind of goods a category holds; null where it holds several. */
function familyIn(path: string): string | null {
  const [kind = null, ...others] = new Set(FAMILIES.flatMap(({ category, traits }) => (category === path ? [traits] : [])))
  return others.length === 0 ? kind : null
}
