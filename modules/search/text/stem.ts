const VOWEL = /[аеиоуыэюя]/
const GERUND = /(?:(?<=[ая])(?:в|вши|вшись)|(?:ив|ивши|ившись|ыв|ывши|ывшись))$/
const ADJECTIVE = /(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$/
const PARTICIPLE = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|(?:ивш|ывш|ующ))$/
const REFLEXIVE = /(?:ся|сь)$/
const VERB =
  /(?:(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)|(?:ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю))$/
const NOUN = /(?:иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/

/**
 * The stem of a folded Russian word (Snowball's Russian algorithm, snowballstem.org/algorithms/russian). Latin words lose a plural s;
 * Belarusian ones are read with Russian letters first, so that the same endings fall.
 */
export function stemOf(word: string): string {
  if (/^[a-z]+$/.test(word)) return word.length > 3 ? singular(word) : word
  if (!/^[а-яіў]+$/.test(word) || word.length < 4) return word
  const russian = word.replace(/і/g, "и").replace(/ў/g, "в")
  return KEPT.get(russian) ?? snowball(russian)
}

/** Latin words without the plural (Harman's S stemmer, 1991, with what is added after a hiss): «rugs», «batteries», «brushes». */
const singular = (word: string): string =>
  word
    .replace(/(?<=..)(?:ies|y)$/, "i")
    .replace(/(?<=[sxz]|[sc]h)es$/, "")
    .replace(/(?<![su])s$/, "")

/** What stands for a word in the very form it is written in, beside its stem: «лирен» is no form of «лира», though both come to «лир». */
export const asWritten = (word: string): string => `=${word}`

/** Words the algorithm cuts too deep, with what all their forms come to. */
const KEPT: ReadonlyMap<string, string> = new Map(
  [
    "бальзам бальзама бальзаму бальзамом бальзаме",
    "альбом альбома альбомом",
    "крем крема крему кремом креме кремы кремов кремам кремами кремах",
    "духи духов духам духами духах",
  ].flatMap((forms) => {
    const [head = "", ...others] = forms.split(" ")
    const stem = head === "духи" ? "духи" : head
    return [head, ...others].map((form): [string, string] => [form, stem])
  }),
)

function snowball(word: string): string {
  const first = word.search(VOWEL)
  if (first < 0) return word
  const head = word.slice(0, first + 1)
  let rest = word.slice(first + 1)
  const r2 = secondRegion(word) - head.length

  const cut = (ending: RegExp): boolean => {
    const context = head.slice(-1) + rest // lookbehinds may see the last letter before the region, never cut it
    const at = context.search(ending)
    if (at < 1) return false
    rest = rest.slice(0, at - 1)
    return true
  }
  if (!cut(GERUND)) {
    cut(REFLEXIVE)
    if (cut(ADJECTIVE)) cut(PARTICIPLE)
    else if (!cut(VERB)) cut(NOUN)
  }
  if (rest.endsWith("и")) rest = rest.slice(0, -1)
  const derived = rest.search(/ость?$/)
  if (derived >= 0 && derived >= r2) rest = rest.slice(0, derived)
  rest = rest.replace(/(?:ейше|ейш)$/, "")
  if (rest.endsWith("нн")) rest = rest.slice(0, -1)
  else if (rest.endsWith("ь")) rest = rest.slice(0, -1)
  return head + rest
}

/** Where R2 begins: after the second consonant that follows a vowel. */
function secondRegion(word: string): number {
  let at = 0
  for (let times = 0; times < 2; times += 1) {
    while (at < word.length && !VOWEL.test(word[at]!)) at += 1
    while (at < word.length && VOWEL.test(word[at]!)) at += 1
    at += 1
  }
  return at
}

/** Stems of the noun an adjective is made from, and the other way: «вишнёвый» – «вишня», «кофейный» – «кофе», «клубничный» – «клубника». */
export function derived(stem: string): string[] {
  if (!/^[а-я]{3,}$/.test(stem)) return []
  const whose = /^(.{3,})[ое]в$/.exec(stem)?.[1]
  const which = /^(.{4,})н$/.exec(stem)?.[1]
  const nouns = [...(whose ? [whose] : []), ...(which ? [which.replace(/ч$/, "к"), which.replace(/ей$/, "")] : [])]
  const adjectives = [`${stem}ов`, `${stem}ев`, `${stem.replace(/к$/, "ч")}н`, `${stem}ейн`]
  return [...nouns, ...adjectives]
}

/** Other stems the same word may have: a fleeting vowel in or out («масок» – «маск», «серёжек» – «сережк», «капель» – «капл»). */
export function fleeting(stem: string): string[] {
  const out = /^(.*[бвгджзклмнпрстфхцчшщ])[оеь]([кцлн])$/.exec(stem)
  if (out) return [out[1]! + out[2]!]
  const soft = /^(.+)([её]л)ь?$/.exec(stem)
  return soft ? [`${soft[1]!}л`] : []
}
