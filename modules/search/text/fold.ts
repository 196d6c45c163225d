const UNITS: Readonly<Record<string, string>> = {
  ...{
    мл: "мл",
    ml: "мл",
    л: "л",
    l: "л",
    г: "г",
    гр: "г",
    g: "г",
    кг: "кг",
    kg: "кг",
    шт: "шт",
    pcs: "шт",
    мм: "мм",
    mm: "мм",
    см: "см",
    cm: "см",
  },
  ...{ den: "den", ден: "den", w: "вт", вт: "вт" },
}

/** Letters as everybody types them: small, without ё, accents and apostrophes. Belarusian і and ў stay. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/ё/g, "е")
    .replace(/ў/g, "\u0001") // composed letters of the alphabet survive the accents' removal
    .replace(/й/g, "\u0002")
    .replace(/ї/g, "і")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/\u0001/g, "ў")
    .replace(/\u0002/g, "й")
    .replace(/['’ʼ`´‘"«»„“”]/g, "")
    .replace(/ß/g, "ss")
    .replace(/ł/g, "l")
}

/** The words of a text in their order. A number and its unit are one word: «50 мл», «50ml» → `50мл`. At most `most`. */
export function wordsOf(text: string, most = 400): string[] {
  const found: string[] = []
  for (const [raw] of folded(text.slice(0, 20_000)).matchAll(
    /\d+(?:[.,]\d+)?\s?(?:мл|ml|гр|кг|kg|шт|pcs|мм|mm|см|cm|den|ден|вт|л|г|g|l)(?![\p{L}\d])|[\p{L}\d]+/gu,
  )) {
    const measured = /^(\d+(?:[.,]\d+)?)\s?(\p{L}+)$/u.exec(raw)
    const unit = measured ? UNITS[measured[2]!] : undefined
    found.push(unit ? `${measured![1]!.replace(",", ".")}${unit}` : raw.replace(/\s/g, ""))
    if (found.length >= most) break
  }
  return found
}

/** Words that say nothing about a product. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "и в во на с со для из от до по к ко у о об не без или а но the of for and with in on to from a an де для ад на з са і ў па не без або".split(
    " ",
  ),
)
