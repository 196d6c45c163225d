import { dictionary } from "@zxcvbn-ts/language-common"

// What an attacker tries first: leaked passwords by the tens of thousands, in either keyboard layout, with a year or a sign at an end; and our own name.
const LEAKED = new Set(dictionary["passwords-common"])
const OUR_NAMES = new Set(["mila", "мила", "міла", "milacosmetics", "milashop"])
const RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

/** Whether a password, in lower case, is one that many people have or guess. */
export function isCommonPassword(plain: string): boolean {
  const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
  const spellings = [plain, bare, inLatinLayout(plain), inLatinLayout(bare)]
  return spellings.some((spelling) => LEAKED.has(spelling) || OUR_NAMES.has(spelling)) || isRun(plain) || isRepeated(plain)
}

const inLatinLayout = (text: string): string => text.replace(/\p{Script=Cyrillic}/gu, (letter) => LATIN[RUSSIAN.indexOf(letter)] ?? letter)

/** `abcdefghij`, `9876543210`: each sign beside the one before. */
function isRun(text: string): boolean {
  const codes = [...text].map((sign) => sign.codePointAt(0)!)
  const step = codes[1]! - codes[0]!
  return Math.abs(step) <= 1 && codes.every((code, place) => place === 0 || code === (codes[place - 1] ?? 0) + step)
}

/** `aaaaaaaaaa`, `1212121212`, `passpasspass`: one piece of at most four signs again and again. */
const isRepeated = (text: string): boolean => /^(.{1,4})\1{2,}$/u.test(text)
