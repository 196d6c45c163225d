import type { Understood } from "./document.ts"
import { giftFor } from "./gifts.ts"
import { synonymsOf } from "./synonyms.ts"
import { EMPTY_WORDS, wordsOf } from "./text/fold.ts"
import { otherLayouts } from "./text/layout.ts"
import { asWritten, derived, fleeting, stemOf } from "./text/stem.ts"
import type { Vocabulary } from "./vocabulary.ts"

/** A word of a query: the stems that may stand for it, each with how sure that is (0–1). Without stems nothing is known of it. */
export type Wish = { typed: string; stems: Map<string, number>; read: string }

export type Reading = { wishes: Wish[]; understood: Understood }

/** What an index must say to be asked: in how many documents a stem stands. */
export type Frequencies = (stem: string) => number

const MOST_WORDS = 12
const MOST_BEGINNING = 40
const SURE = { written: 1.08, exact: 1, form: 0.95, sound: 0.85, beginning: 0.7, slip: 0.8, slips: 0.65, derived: 0.6, synonym: 0.45 }

/**
 * Understands what somebody typed: forms of words, another keyboard layout, a brand written as it sounds, slips of a finger, synonyms. `typing`: the last word
 * may be unfinished. The engine that looks it up is not known here.
 */
export function understand(
  text: string,
  { vocabulary, frequency, typing }: { vocabulary: Vocabulary; frequency: Frequencies; typing: boolean },
): Reading {
  const typed = wordsIn(text)
  const tools: Tools = { vocabulary, frequency }
  let best = readingOf(typed, tools, typing)
  const broken = LETTER_KEYS.test(text)
  if (best.known < typed.length || typed.length === 0 || broken) {
    for (const other of otherLayouts(text.slice(0, 300))) {
      const words = wordsIn(other)
      const reading = readingOf(words, tools, typing)
      const isWhole = broken && !best.swapped && words.length < typed.length && reading.known === words.length
      if (words.length > 0 && (isWhole || reading.known / words.length > (typed.length === 0 ? 0 : best.known / typed.length) + 0.25))
        best = { ...reading, swapped: true }
    }
  }
  const read = best.wishes.map((wish) => wish.read).join(" ")
  return { wishes: best.wishes, understood: { read: read === typed.join(" ") && !best.swapped ? null : read, leftOut: [] } }
}

/** A sign inside Latin letters may be a Russian letter's key: «yf,jh» is «набор», though goods may be called «yf» and «jh». */
const LETTER_KEYS = /[a-z][`[\];',.][a-z]/i

type Tools = { vocabulary: Vocabulary; frequency: Frequencies }
type Try = { wishes: Wish[]; known: number; swapped?: boolean }

function wordsIn(text: string): string[] {
  const words = wordsOf(text.slice(0, 300), MOST_WORDS)
  const telling = words.filter((word) => !EMPTY_WORDS.has(word))
  return giftFor(telling.length > 0 ? telling : words)
}

/** `known`: how many of the words are in the catalogue for sure; a guess counts less. */
function readingOf(words: readonly string[], tools: Tools, typing: boolean): Try {
  let known = 0
  const wishes = words.map((word, place) => {
    const { wish, sure } = wishOf(word, tools, typing && place === words.length - 1)
    known += sure
    return wish
  })
  return { wishes, known }
}

function wishOf(typed: string, tools: Tools, unfinished: boolean): { wish: Wish; sure: number } {
  const { vocabulary, frequency } = tools
  const stems = new Map<string, number>()
  const add: Add = (stem, sure) => {
    if (frequency(stem) > 0 && (stems.get(stem) ?? 0) < sure) stems.set(stem, sure)
  }
  const stem = stemOf(typed)
  add(stem, SURE.exact)
  for (const other of fleeting(stem)) add(other, SURE.form)
  const exact = stems.size > 0
  add(asWritten(typed), SURE.written)
  if (unfinished) for (const word of vocabulary.beginning(typed, MOST_BEGINNING)) add(word.stem, SURE.beginning)
  let read = typed
  for (const other of derived(stem)) add(other, SURE.derived)
  for (const other of synonymsOf(stem)) add(other, SURE.synonym) // a word we know is no slip, though no thing has it
  if (stems.size === 0) read = guess(typed, tools, add)
  else if (exact && !unfinished) doubt(typed, stem, tools, add)
  const sure = exact ? 1 : stems.size === 0 ? 0 : Math.max(...stems.values()) * (read === typed ? 1 : 0.6)
  return { wish: { typed, stems, read }, sure: /^\d/.test(typed) ? 1 : sure }
}

type Add = (stem: string, sure: number) => void

/** Nobody wrote it so: perhaps it sounds like a brand, a finger slipped, or it is unfinished. Answers what it was read as. */
function guess(typed: string, { vocabulary }: Tools, add: Add): string {
  if (/^\d/.test(typed)) return typed
  const sounding = vocabulary.sounding(typed).map(({ word, distance }) => ({ word, sure: soundSure(distance) }))
  const near = vocabulary
    .near(typed)
    .map(({ word, slips }) => ({ word, sure: (slips === 1 ? SURE.slip : SURE.slips) + (word.brand ? 0.02 : 0) }))
  const likely = [...sounding, ...near].toSorted((one, other) => other.sure - one.sure)
  for (const { word, sure } of likely) add(word.stem, sure)
  if (likely[0]) return likely[0].word.text
  for (const word of typed.length >= 3 ? vocabulary.beginning(typed, MOST_BEGINNING) : []) add(word.stem, SURE.beginning)
  return typed
}

/** A slip within the alphabet is surer than one beside a change of alphabet. */
const soundSure = (distance: number): number => [SURE.sound, 0.81, 0.76][distance] ?? 0.6

/** A rare word may be a slip towards one far more frequent, and a Russian one a brand as it sounds. */
function doubt(typed: string, stem: string, { vocabulary, frequency }: Tools, add: Add): void {
  if (/^\d/.test(typed) || frequency(stem) > 20) return
  if (/[а-я]/.test(typed) && typed.length >= 4) {
    for (const { word, distance } of vocabulary.sounding(typed)) if (word.brand && distance <= 1) add(word.stem, SURE.sound)
  }
  const written = vocabulary.byText.has(typed)
  if (typed.length < (written ? 5 : 4)) return
  const [neighbour] = vocabulary.near(typed)
  if (neighbour?.slips !== 1) return
  const [own, others] = [frequency(stem), frequency(neighbour.word.stem)]
  if (written ? vocabulary.farMore(own, others) : others > own) add(neighbour.word.stem, SURE.slip)
}
