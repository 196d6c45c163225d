import { LOCALES } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import { explain } from "./explain.ts"
import { type Explanation, type ExplanationCode, EXPLANATION_PARAMS, packExplanation, unpackExplanation } from "./explanation.ts"
import { aBasket, aCalculation, aCampaign, aLine, aProgramme } from "./testing.ts"
import { wordsFor } from "./words.ts"

const CODES = Object.keys(EXPLANATION_PARAMS) as ExplanationCode[]
const TEXTS: Record<string, string> = {
  category: "face",
  brand: "Лён",
  by: "best",
  from: "2026-12-07",
  to: "2027-06-05",
  tender: "installment",
  presence: "static",
}
const NUMBERS = {
  amount: 123_456,
  rate: 250,
  times: 25_000,
  total: 55,
  pieces: 3,
  each: 21,
  reached: 4_000,
  from: 5_000,
  points: 100,
  certificate: 200,
  exact: 38.89,
  wanted: 9,
}

function aFact(code: ExplanationCode): Explanation {
  const params = Object.fromEntries(
    EXPLANATION_PARAMS[code].map((name) => [
      name,
      code === "activates" ? TEXTS[name]! : ((NUMBERS as Record<string, number>)[name] ?? TEXTS[name] ?? 1_000),
    ]),
  )
  return { line: 1, code, rule: "spring", version: 7, params, points: 22 }
}

test("every code has its sentence in every language, whole and of its own", () => {
  for (const locale of LOCALES) {
    const said = CODES.map((code) => explain(aFact(code), locale))
    for (const [place, sentence] of said.entries()) {
      assert.match(sentence, /^[\p{Lu}\d“«−].*[.]$/u, `${locale} ${CODES[place]}: ${sentence}`)
      assert.doesNotMatch(sentence, /undefined|NaN|null|\[object|\{|\}|invalid/i, `${locale} ${CODES[place]}`)
    }
    assert.equal(new Set(said).size, CODES.length)
  }
  for (const code of CODES) assert.equal(new Set(LOCALES.map((locale) => explain(aFact(code), locale))).size, LOCALES.length)
})

test("every param of a fact is heard in its sentence", () => {
  for (const locale of LOCALES) {
    for (const code of CODES) {
      const fact = aFact(code)
      for (const name of EXPLANATION_PARAMS[code]) {
        const other =
          typeof fact.params[name] === "number"
            ? fact.params[name] + 3_700
            : name === "tender"
              ? "erip"
              : name === "presence"
                ? "phone"
                : "2031-01-02"
        assert.notEqual(
          explain({ ...fact, params: { ...fact.params, [name]: other } }, locale),
          explain(fact, locale),
          `${locale} ${code} ${name}`,
        )
      }
    }
  }
})

test("a line of a receipt in three languages", () => {
  const fact: Explanation = { line: 1, code: "base", rule: "base", version: 3, params: { amount: 123_456, rate: 150 }, points: 1_852 }
  const programme = aProgramme()
  assert.deepEqual(
    LOCALES.map((locale) => explain(fact, locale, programme).replaceAll("\u00a0", " ")),
    [
      "1 234,56 р. × 1,5 %: 1 852 бонуса после округления по чеку. Правило «Базовая ставка», версия 3.",
      "1 234,56 р. × 1,5 %: 1 852 бонусы пасля акруглення па чэку. Правіла «Базавая стаўка», версія 3.",
      "BYN 1,234.56 × 1.5%: 1,852 points after rounding over the receipt. Rule “Base rate”, version 3.",
    ],
  )
})

test("things are counted as each language counts", () => {
  const spelt = (locale: "ru" | "be" | "en", counts: number[]) =>
    counts.map((count) =>
      wordsFor(locale)
        .points(count)
        .replace(/^.*\u00a0/, ""),
    )
  const counts = [0, 1, 2, 5, 11, 14, 21, 22, 25, 111, 121]
  assert.deepEqual(spelt("ru", counts), [
    "бонусов",
    "бонус",
    "бонуса",
    "бонусов",
    "бонусов",
    "бонусов",
    "бонус",
    "бонуса",
    "бонусов",
    "бонусов",
    "бонус",
  ])
  assert.deepEqual(spelt("be", counts), [
    "бонусаў",
    "бонус",
    "бонусы",
    "бонусаў",
    "бонусаў",
    "бонусаў",
    "бонус",
    "бонусы",
    "бонусаў",
    "бонусаў",
    "бонус",
  ])
  assert.deepEqual(spelt("en", counts), ["points", "point", ...counts.slice(2).map(() => "points")])
  assert.equal(wordsFor("ru").ofPoints(22).replace("\u00a0", " "), "22 бонусов")
  assert.equal(wordsFor("be").ofPoints(21).replace("\u00a0", " "), "21 бонуса")
})

test("money has its kopecks, rates and times have no more digits than they need", () => {
  const { money, rate, times, day, quantity } = wordsFor("ru")
  assert.deepEqual(
    [money(5), money(-123_456), rate(100), rate(125), times(20_000), times(12_500), day("2027-05-15"), quantity(350)].map((text) =>
      text.replaceAll("\u00a0", " "),
    ),
    [...["0,05 р.", "−1 234,56 р.", "1 %", "1,25 %", "×2", "×1,25", "15.05.2027", "0,35"]],
  )
})

test("campaigns are called by their names when the programme is at hand, else by their ids", () => {
  const fact: Explanation = { line: null, code: "outdone", rule: "double", version: 1, params: { by: "triple" }, points: 0 }
  const programme = aProgramme({ campaigns: [aCampaign({ id: "double" }), aCampaign({ id: "triple" })] })
  assert.match(explain(fact, "ru", programme), /«Акция double».*«Акция triple»/)
  assert.match(explain(fact, "ru"), /«double».*«triple»/)
})

test("packing loses nothing and spares two thirds", () => {
  const facts = CODES.map(aFact)
  assert.deepEqual(unpackExplanation(packExplanation(facts)), facts)
  assert.deepEqual(unpackExplanation(packExplanation([])), [])
  const { explanation } = aCalculation({ basket: aBasket([aLine(), aLine({ amount: 1_234 }), aLine({ kind: "certificate" })]) })
  assert.deepEqual(unpackExplanation(JSON.parse(JSON.stringify(packExplanation(explanation)))), explanation)
  assert.ok(JSON.stringify(packExplanation(explanation)).length * 2.4 < JSON.stringify(explanation).length)
})
