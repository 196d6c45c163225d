import type { Company } from "@mila/catalog"
import type { Localized } from "@mila/kernel"
import type { DemoBrand } from "./brands.ts"
import type { Family, Size, Traits } from "./family.ts"
import type { Line } from "./lines.ts"
import { ATTRIBUTES } from "./traits.ts"

const said = (words: string): Localized => {
  const [ru = "", be = "", en = ""] = words.split(" | ")
  return { ru, be, en }
}

const UNITS: Readonly<Record<string, Localized>> = {
  ml: said("мл | мл | ml"),
  g: said("г | г | g"),
  pcs: said("шт. | шт. | pcs"),
  m: said("м | м | m"),
}

export function sizeText({ amount, unit }: Size): Localized {
  const of = UNITS[unit]!
  return { ru: `${amount} ${of.ru}`, be: `${amount} ${of.be}`, en: `${amount} ${of.en}` }
}

const OPENING: Readonly<Record<Traits, Localized>> = {
  face: said(
    "Ежедневный уход, после которого кожа выглядит отдохнувшей. | Штодзённы догляд, пасля якога скура выглядае адпачылай. | Everyday care that leaves the skin looking rested.",
  ),
  body: said(
    "Мягкий уход за кожей тела с лёгким, ненавязчивым ароматом. | Мяккі догляд за скурай цела з лёгкім, неназойлівым водарам. | Gentle body care with a light, discreet scent.",
  ),
  sun: said(
    "Защищает от лучей UVA и UVB, не оставляет белых следов. | Ахоўвае ад прамянёў UVA і UVB, не пакідае белых слядоў. | Protects from UVA and UVB and leaves no white marks.",
  ),
  hair: said(
    "Волосы мягкие, блестящие и легко расчёсываются. | Валасы мяккія, бліскучыя і лёгка расчэсваюцца. | Soft, shiny hair that is easy to comb.",
  ),
  makeup: said(
    "Ложится ровно, не скатывается и держится весь день. | Кладзецца роўна, не скочваецца і трымаецца ўвесь дзень. | Goes on evenly and stays all day.",
  ),
  scent: said(
    "Аромат, который раскрывается постепенно и остаётся с вами до вечера. | Водар, які раскрываецца паступова і застаецца з вамі да вечара. | A scent that unfolds slowly and stays until the evening.",
  ),
  kids: said(
    "Бережно заботится о нежной детской коже, не щиплет глазки. | Беражліва клапоціцца пра пяшчотную дзіцячую скуру, не шчыпле вочкі. | Takes care of tender skin and does not sting the eyes.",
  ),
  home: said(
    "Справляется с обычными загрязнениями быстро и экономно. | Спраўляецца са звычайнымі забруджваннямі хутка і эканомна. | Deals with everyday dirt quickly and sparingly.",
  ),
  hygiene: said("Чистота и свежесть каждый день. | Чысціня і свежасць кожны дзень. | Clean and fresh every day."),
  legs: said(
    "Мягкая резинка не давит, швы не чувствуются. | Мяккая гумка не цісне, швы не адчуваюцца. | A soft band that doesn’t press, seams you don’t feel.",
  ),
  things: said(
    "Приятная мелочь для себя или в подарок. | Прыемная дробязь для сябе ці ў падарунак. | A nice little thing for yourself or for a present.",
  ),
}
const USE: Readonly<Record<Traits, Localized | null>> = {
  face: said(
    "Нанесите на очищенную кожу лёгкими движениями, избегая попадания в глаза. | Нанясіце на ачышчаную скуру лёгкімі рухамі, пазбягаючы траплення ў вочы. | Apply to clean skin with light movements, avoiding the eyes.",
  ),
  body: said(
    "Нанесите на кожу, распределите, при необходимости смойте водой. | Нанясіце на скуру, размяркуйце, пры неабходнасці змыйце вадой. | Apply to the skin, spread, rinse off where needed.",
  ),
  sun: said(
    "Нанесите за 15 минут до выхода на солнце, обновляйте каждые два часа. | Нанясіце за 15 хвілін да выхаду на сонца, абнаўляйце кожныя дзве гадзіны. | Apply 15 minutes before going out, renew every two hours.",
  ),
  hair: said(
    "Нанесите на влажные волосы, оставьте на 1–3 минуты, смойте. | Нанясіце на вільготныя валасы, пакіньце на 1–3 хвіліны, змыйце. | Apply to wet hair, leave for 1–3 minutes, rinse.",
  ),
  makeup: said(
    "Нанесите тонким слоем, при желании добавьте второй. | Нанясіце тонкім слоем, пры жаданні дадайце другі. | Apply a thin layer, add another if you like.",
  ),
  scent: said(
    "Распылите на кожу или одежду с расстояния 15–20 см. | Распыліце на скуру ці адзенне з адлегласці 15–20 см. | Spray on skin or clothes from 15–20 cm.",
  ),
  kids: said(
    "Только для наружного применения, под присмотром взрослых. | Толькі для вонкавага выкарыстання, пад наглядам дарослых. | For external use, under the eye of an adult.",
  ),
  home: said(
    "Берегите от детей. При попадании в глаза промойте водой. | Беражыце ад дзяцей. Пры трапленні ў вочы прамыйце вадой. | Keep away from children. If in eyes, rinse with water.",
  ),
  ...{ hygiene: null, legs: null, things: null },
}

/** A few honest sentences: what it does, what it is about, whom it suits. */
export function descriptionOf(
  { family, line }: { family: Family; line: Line },
  traits: Readonly<Record<string, readonly string[]>>,
): Localized {
  const opening = OPENING[family.traits]
  const about = line.extract
  const facts = (locale: keyof Localized): string =>
    Object.entries(traits)
      .map(([code, values]) => {
        const attribute = ATTRIBUTES.find((known) => known.code === code)!
        const names = values.map((value) => attribute.values.find((known) => known.code === value)!.name[locale])
        return `${attribute.name[locale]}: ${names.join(", ")}.`
      })
      .join(" ")
  const inIt = (locale: keyof Localized): string => {
    if (about === null) return ""
    const words = {
      ru: `В составе — «${line.name[0]}» (${about}).`,
      be: `У складзе — «${line.name[1]}» (${about}).`,
      en: `With ${line.name[2].toLowerCase()} (${about}).`,
    }
    return words[locale]
  }
  const all = (locale: keyof Localized): string => [opening[locale], inIt(locale), facts(locale)].filter((part) => part !== "").join(" ")
  return { ru: all("ru"), be: all("be"), en: all("en") }
}

export const applicationOf = ({ traits, base }: Family): Localized | null => (base === null ? null : USE[traits])

const PLACES: Readonly<Record<string, string>> = {
  ...{ BY: "Республика Беларусь, г. Минск", KR: "Республика Корея, г. Сеул", FR: "Франция, г. Париж", DE: "Германия, г. Гамбург" },
  ...{
    PL: "Польша, г. Варшава",
    GB: "Великобритания, г. Лондон",
    US: "США, г. Нью-Йорк",
    RU: "Россия, г. Москва",
    SE: "Швеция, г. Стокгольм",
  },
  ...{ TR: "Турция, г. Стамбул", IT: "Италия, г. Милан", ES: "Испания, г. Барселона", CN: "Китай, г. Шэньчжэнь" },
}

export const makerOf = ({ name, country }: DemoBrand): Company => ({ name, address: PLACES[country] ?? country })

/** What comes from abroad was brought in by somebody, and the page must say by whom. */
export const importerOf = ({ country }: DemoBrand): Company | null =>
  country === "BY" ? null : { name: "ООО «Мила-Импорт» (демонстрационное)", address: "Республика Беларусь, г. Минск" }
