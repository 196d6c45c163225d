/** Latin groups with the consonants they may stand for; `-` is nothing. Longest first. */
const LATIN: readonly (readonly [letters: string, sounds: readonly string[]])[] = [
  ["sch", ["ш", "ск"]],
  ["tch", ["ш"]],
  ["sh", ["ш"]],
  ["ch", ["ш", "к"]],
  ["ph", ["ф"]],
  ["th", ["т"]],
  ["wh", ["в"]],
  ["ck", ["к"]],
  ["qu", ["к"]],
  ["gn", ["н", "гн"]],
  ["dj", ["ш"]],
  ["cz", ["ш"]],
  ["sz", ["ш"]],
  ["zh", ["ш"]],
  ["kh", ["х"]],
  ["ts", ["с"]],
  ["tz", ["с"]],
  ["x", ["кс"]],
  ["q", ["к"]],
  ["w", ["в", "-"]],
  ["j", ["ш", "-", "х"]],
  ["h", ["х", "-"]],
  ["b", ["б"]],
  ["v", ["в"]],
  ["d", ["д"]],
  ["f", ["ф"]],
  ["k", ["к"]],
  ["l", ["л"]],
  ["m", ["м"]],
  ["n", ["н"]],
  ["p", ["п"]],
  ["r", ["р"]],
  ["s", ["с"]],
  ["t", ["т"]],
  ["z", ["с"]],
]
const CYRILLIC: Readonly<Record<string, string>> = {
  ...{
    б: "б",
    в: "в",
    г: "г",
    ґ: "г",
    д: "д",
    ж: "ш",
    з: "с",
    к: "к",
    л: "л",
    м: "м",
    н: "н",
    п: "п",
    р: "р",
    с: "с",
    т: "т",
    ф: "ф",
    х: "х",
  },
  ...{ ц: "с", ч: "ш", ш: "ш", щ: "ш", ў: "в" },
}
const MOST_KEYS = 12

/**
 * How a word sounds, roughly: its consonants in classes, a leading vowel marked. «Мейбелин», «мэйбеллин» and Maybelline share a key. A Latin word may be
 * read in several ways (c, g, ch, h, a silent end), so there are several keys.
 */
export function soundsOf(word: string): string[] {
  const cyrillic = /[а-яіў]/.test(word)
  const readings = cyrillic ? [cyrillicSound(word)] : latinSounds(word)
  return [...new Set(readings.map(squeezed))].filter((key) => key.length >= 2).slice(0, MOST_KEYS)
}

function cyrillicSound(word: string): string {
  const consonants = Array.from(word.replace(/дж/g, "ж").replace(/тс|дс/g, "с"), (sign) => CYRILLIC[sign] ?? "").join("")
  return (/^[аеиоуыэюяіё]/.test(word) ? "а" : "") + consonants
}

function latinSounds(word: string): string[] {
  let readings = [/^[aeiouy]/.test(word) ? "а" : ""]
  for (let at = 0; at < word.length;) {
    const [length, sounds] = soundAt(word, at)
    readings = readings.flatMap((reading) => sounds.map((sound) => reading + (sound === "-" ? "" : sound))).slice(0, MOST_KEYS)
    at += length
  }
  const silent = /[rstxdpz]$/.test(word) ? readings.map((reading) => reading.slice(0, word.endsWith("x") ? -2 : -1)) : []
  return [...readings, ...silent]
}

function soundAt(word: string, at: number): [length: number, sounds: readonly string[]] {
  const letter = word[at]!
  const soft = /[eiy]/.test(word[at + 1] ?? "")
  const group = LATIN.find(([letters]) => letters.length > 1 && word.startsWith(letters, at))
  if (group) return [group[0].length, group[1]]
  if (letter === "c") return [1, soft ? ["с", "ш"] : ["к"]]
  if (letter === "g") return [1, soft ? ["г", "ш"] : ["г"]]
  return [1, LATIN.find(([letters]) => letters === letter)?.[1] ?? ["-"]]
}

/** Doubled consonants are one. */
const squeezed = (key: string): string => key.replace(/(.)\1+/g, "$1")

const ROMAN: Readonly<Record<string, string>> = {
  ...{
    а: "a",
    б: "b",
    в: "v",
    г: "g",
    д: "d",
    е: "e",
    ж: "j",
    з: "z",
    и: "i",
    і: "i",
    й: "y",
    к: "k",
    л: "l",
    м: "m",
    н: "n",
    о: "o",
    п: "p",
  },
  ...{
    р: "r",
    с: "s",
    т: "t",
    у: "u",
    ў: "u",
    ф: "f",
    х: "h",
    ц: "c",
    ч: "ch",
    ш: "sh",
    щ: "sh",
    ъ: "",
    ы: "i",
    ь: "",
    э: "e",
    ю: "u",
    я: "a",
  },
}

/** A word in Latin letters as it sounds, to be compared letter by letter. */
export function romanised(word: string): string {
  if (/[а-яіў]/.test(word)) return Array.from(word, (sign) => ROMAN[sign] ?? sign).join("")
  return word
    .replace(/ck|q|c(?![eiyh])/g, "k")
    .replace(/c(?=[eiy])/g, "s")
    .replace(/ph/g, "f")
    .replace(/w/g, "v")
    .replace(/x/g, "ks")
    .replace(/y$/, "i")
    .replace(/(.)\1/g, "$1")
}
