import type { Attribute, Family as CatalogFamily } from "@mila/catalog"
import type { Localized } from "@mila/kernel"
import type { Traits } from "./family.ts"
import { SHADES } from "./shades.ts"

const said = (words: string): Localized => {
  const [ru = "", be = ru, en = ru] = words.split(" | ")
  return { ru, be, en }
}
const value = (code: string, words: string) => ({ code, name: said(words) })
const attribute = (code: string, words: string, values: Attribute["values"], filtered = true): Omit<Attribute, "position"> => ({
  ...{ code, name: said(words), filtered, values },
})

const NAMED: readonly Omit<Attribute, "position">[] = [
  attribute("skin_type", "Тип кожи | Тып скуры | Skin type", [
    value("normal", "нормальная | нармальная | normal"),
    value("dry", "сухая | сухая | dry"),
    value("oily", "жирная | тлустая | oily"),
    value("combination", "комбинированная | камбінаваная | combination"),
    value("sensitive", "чувствительная | адчувальная | sensitive"),
  ]),
  attribute("effect", "Действие | Дзеянне | Effect", [
    value("moisture", "увлажнение | увільгатненне | moisturising"),
    value("nourish", "питание | жыўленне | nourishing"),
    value("lift", "лифтинг | ліфтынг | lifting"),
    value("matte", "матирование | матаванне | mattifying"),
    value("calm", "успокоение | супакаенне | soothing"),
    value("bright", "сияние | ззянне | brightening"),
  ]),
  attribute("age", "Возраст | Узрост | Age", [
    value("18", "18+"),
    value("25", "25+"),
    value("35", "35+"),
    value("45", "45+"),
    value("55", "55+"),
  ]),
  attribute("spf", "SPF", [value("15", "SPF 15"), value("30", "SPF 30"), value("50", "SPF 50")]),
  attribute("hair_type", "Тип волос | Тып валасоў | Hair type", [
    value("normal", "нормальные | нармальныя | normal"),
    value("dry", "сухие | сухія | dry"),
    value("oily", "жирные | тлустыя | oily"),
    value("coloured", "окрашенные | фарбаваныя | coloured"),
    value("damaged", "повреждённые | пашкоджаныя | damaged"),
    value("curly", "кудрявые | кучаравыя | curly"),
  ]),
  attribute("finish", "Финиш | Фініш | Finish", [
    value("matte", "матовый | матавы | matte"),
    value("satin", "сатиновый | сацінавы | satin"),
    value("glossy", "глянцевый | глянцавы | glossy"),
    value("shimmer", "мерцающий | мігатлівы | shimmer"),
  ]),
  attribute("scent", "Аромат | Водар | Scent", [
    value("floral", "цветочный | кветкавы | floral"),
    value("woody", "древесный | драўняны | woody"),
    value("citrus", "цитрусовый | цытрусавы | citrus"),
    value("oriental", "восточный | усходні | oriental"),
    value("fresh", "свежий | свежы | fresh"),
    value("sweet", "сладкий | салодкі | sweet"),
  ]),
  attribute("good", "Особенности | Асаблівасці | Good to know", [
    value("vegan", "веган | веган | vegan"),
    value("no-parabens", "без парабенов | без парабенаў | no parabens"),
    value("no-sulphates", "без сульфатов | без сульфатаў | no sulphates"),
    value("hypoallergenic", "гипоаллергенно | гіпаалергенна | hypoallergenic"),
    value("no-scent", "без отдушек | без араматызатараў | fragrance-free"),
  ]),
  attribute("from_age", "С какого возраста | З якога ўзросту | From what age", [
    value("0", "с рождения | з нараджэння | from birth"),
    value("1", "с 1 года | з 1 года | from 1 year"),
    value("3", "с 3 лет | з 3 гадоў | from 3 years"),
  ]),
  attribute("material", "Материал | Матэрыял | Material", [
    value("cotton", "хлопок | бавоўна | cotton"),
    value("polyamide", "полиамид | паліамід | polyamide"),
    value("plastic", "пластик | пластык | plastic"),
    value("wood", "дерево | дрэва | wood"),
    value("metal", "металл | метал | metal"),
  ]),
  attribute(
    "shade",
    "Оттенок | Адценне | Shade",
    Object.values(SHADES)
      .flat()
      .map(({ code, name: [ru, be, en], swatch }) => ({ code, name: { ru, be, en }, swatch })),
  ),
]

/** What shoppers choose by, in the order it is offered. */
export const ATTRIBUTES: readonly Attribute[] = NAMED.map((named, position) => ({ ...named, position }))

/** Which attributes goods of a kind have: one or two values each. */
export const TRAITS: Readonly<Record<Traits, { name: Localized; of: readonly string[] }>> = {
  face: { name: said("Уход за лицом | Догляд за тварам | Face care"), of: ["skin_type", "effect", "age", "good"] },
  body: { name: said("Уход за телом | Догляд за целам | Body care"), of: ["skin_type", "effect", "good"] },
  sun: { name: said("Солнце | Сонца | Sun"), of: ["skin_type", "spf", "good"] },
  hair: { name: said("Волосы | Валасы | Hair"), of: ["hair_type", "effect", "good"] },
  makeup: { name: said("Макияж | Макіяж | Make-up"), of: ["finish", "good"] },
  scent: { name: said("Парфюмерия | Парфумерыя | Perfume"), of: ["scent"] },
  kids: { name: said("Детям | Дзецям | For children"), of: ["from_age", "good"] },
  home: { name: said("Дом | Дом | Home"), of: ["scent", "good"] },
  hygiene: { name: said("Гигиена | Гігіена | Hygiene"), of: ["good"] },
  legs: { name: said("Носки и колготки | Шкарпэткі і калготкі | Socks and tights"), of: ["material"] },
  things: { name: said("Аксессуары | Аксесуары | Accessories"), of: ["material"] },
}

/** The same as the catalogue keeps it. */
export const CATALOG_FAMILIES: readonly CatalogFamily[] = Object.entries(TRAITS).map(([code, { name, of }]) => ({
  ...{ code, name, attributes: [...of, "shade"] },
}))
