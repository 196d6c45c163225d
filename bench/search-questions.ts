import { mulberry32 } from "@mila/kernel"
import type { IndexData } from "@mila/search"
import { sharedLines } from "./search-corpus.ts"

/** A query and what a product found in the top ten must be for the query to count as answered. */
export type Question = { text: string; answers: (product: { name: string; brand: string }) => boolean }

export type QuestionSet = { name: string; asked: number; questions: Question[] }

const FORMS: readonly (readonly [root: string, forms: string])[] = [
  ["шампун", "шампуня шампуни шампуней шампунем"],
  ["маск", "маски масок маску масками"],
  ["помад", "помады помад помаду помадой"],
  ["крем", "крема кремы кремов кремом"],
  ["бальзам", "бальзама бальзамы бальзамов"],
  ["краск", "краски красок краску"],
  ["салфет", "салфетка салфеток салфетками"],
  ["щетк", "щетки щеток щетку"],
  ["тен", "теней тенями"],
  ["карандаш", "карандаша карандаши карандашей"],
  ["пудр", "пудры пудру пудрой"],
  ["лак", "лаки лаков лаком"],
  ["гел", "геля гели гелем"],
  ["мыл", "мыла мылом"],
  ["дезодорант", "дезодоранта дезодоранты дезодорантов"],
  ["прокладк", "прокладка прокладок"],
  ["подгузник", "подгузника подгузников"],
  ["порош", "порошка порошки порошком"],
  ["духи", "духов духами"],
  ["сыворотк", "сыворотки сывороток"],
  ["лосьон", "лосьона лосьоны"],
  ["румян", "румянами"],
  ["тушь", "туши тушью"],
  ["палоч", "палочка палочек"],
  ["расчес", "расчески расчесок"],
]

const EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
const RU = "йцукенгшщзхъфывапролджэячсмитьбю"

const folded = (text: string): string => text.toLowerCase().replaceAll("ё", "е")

/** Sets of queries made from the names themselves; the same at every run. */
export function questionsOn({ documents }: IndexData): QuestionSet[] {
  const dice = mulberry32(7)
  const brands = frequent(
    documents.map(({ brand }) => folded(brand ?? "")),
    8,
  )
    .filter((brand) => /^[\p{L}]{5,}$/u.test(brand))
    .slice(0, 200)
  const nouns = frequent(
    documents.map(({ name }) => /^[а-яё]{5,}/i.exec(folded(name.ru))?.[0] ?? ""),
    15,
  ).slice(0, 200)
  const ofBrand =
    (brand: string): Question["answers"] =>
    (product) =>
      folded(product.brand) === brand || folded(product.name).includes(brand)
  const withWord =
    (word: string): Question["answers"] =>
    ({ name }) =>
      folded(name).includes(word.slice(0, Math.max(4, word.length - 2)))
  const slipped = (word: string): string => slip(word, dice)
  const set = (name: string, questions: Question[]): QuestionSet => ({ name, asked: questions.length, questions })
  return [
    set(
      "forms",
      FORMS.flatMap(([root, forms]) =>
        forms.split(" ").map((text) => ({ text, answers: ({ name }: { name: string }) => folded(name).includes(root) })),
      ),
    ),
    set(
      "brand typo",
      brands.map((brand) => ({ text: slipped(brand), answers: ofBrand(brand) })),
    ),
    set(
      "noun typo",
      nouns.map((noun) => ({ text: slipped(noun), answers: withWord(noun) })),
    ),
    set(
      "layout: Russian on Latin keys",
      nouns.map((noun) => ({ text: swapped(noun, RU, EN), answers: withWord(noun) })),
    ),
    set(
      "layout: Latin on Russian keys",
      brands.filter((brand) => /^[a-z]+$/.test(brand)).map((brand) => ({ text: swapped(brand, EN, RU), answers: ofBrand(brand) })),
    ),
    set("Cyrillic brand", mined(documents)),
  ]
}

/** How people really write Latin brands, found in the names of other goods. */
function mined(documents: IndexData["documents"]): Question[] {
  const there = new Set(documents.map(({ brand }) => folded(brand ?? "")))
  return (sharedLines("catalog/brand-aliases-mined.tsv") ?? []).slice(1).flatMap((line) => {
    const [said = "", , brand = ""] = line.split("\t")
    const known = folded(brand)
    return there.has(known) ? [{ text: said, answers: (product: { name: string; brand: string }) => folded(product.brand) === known }] : []
  })
}

function frequent(words: readonly string[], least: number): string[] {
  const counts = new Map<string, number>()
  for (const word of words) if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts.entries()]
    .filter(([, count]) => count >= least)
    .toSorted(([, one], [, other]) => other - one)
    .map(([word]) => word)
}

const swapped = (word: string, from: string, to: string): string => Array.from(word, (sign) => to[from.indexOf(sign)] ?? sign).join("")

/** One letter left out, doubled, swapped with the next or replaced; never the first. */
function slip(word: string, dice: () => number): string {
  const at = 1 + Math.floor(dice() * (word.length - 2))
  const other = /[a-z]/.test(word) ? "abcdeiklmnoprst"[Math.floor(dice() * 15)]! : "авеиклмнопрсту"[Math.floor(dice() * 14)]!
  const kind = Math.floor(dice() * 4)
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1)
  if (kind === 1) return word.slice(0, at) + other + word.slice(at)
  if (kind === 2) return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
  return word.slice(0, at) + other + word.slice(at + 1)
}
