const EN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const RU = "ёйцукенгшщзхъфывапролджэячсмитьбю"
const BE = "ёйцукенгшўзх'фывапролджэячсмітьбю"

const pairs = (from: string, to: string): ReadonlyMap<string, string> => new Map(Array.from(from, (sign, place) => [sign, to[place]!]))
const EN_RU = pairs(EN, RU)
const EN_BE = pairs(EN, BE)
const RU_EN = new Map([...pairs(RU, EN), ...pairs(BE, EN)])

/** What the same keys give in the other layouts: Latin → Russian and Belarusian, Cyrillic → Latin. Without those that change nothing. */
export function otherLayouts(text: string): string[] {
  const typed = text.toLowerCase()
  const through = (map: ReadonlyMap<string, string>): string => Array.from(typed, (sign) => map.get(sign) ?? sign).join("")
  const others = /[a-z]/.test(typed) ? [through(EN_RU), through(EN_BE)] : [through(RU_EN)]
  return [...new Set(others)].filter((other) => other !== typed)
}
