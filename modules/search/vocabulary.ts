import { slips } from "./text/distance.ts"
import { romanised, soundsOf } from "./text/sound.ts"

/** A word of the catalogue as it is written there. */
export type Word = {
  text: string
  stem: string
  /** in how many documents it stands */ documents: number
  /** part of a brand's name */ brand: boolean
  /** only how people say or misspell a brand: the brand is found by it, but nobody wrote it so */ said: boolean
}

const MOST_NEAR = 80 // candidates whose letters are compared, the likeliest first
const FAR_MORE_FREQUENT = 10
const MOST_BEGINNING = 40

/** All words of the catalogue: which begin so, which are written nearly so, which sound so. */
export class Vocabulary {
  readonly byText: ReadonlyMap<string, Word>
  readonly #words: Word[]
  readonly #byTrigram = new Map<string, number[]>()
  readonly #bySound = new Map<string, number[]>()

  constructor(all: Iterable<Word>) {
    this.#words = [...all].toSorted((one, other) => (one.text < other.text ? -1 : 1))
    this.byText = new Map(this.#words.map((word) => [word.text, word]))
    this.#words.forEach((word, place) => {
      if (/\d/.test(word.text) || word.text.length < 3) return
      for (const trigram of trigramsOf(word.text)) push(this.#byTrigram, trigram, place)
      if (!word.brand && !(/^[a-z]+$/.test(word.text) && word.documents >= 2)) return
      for (const sound of soundsOf(word.text)) push(this.#bySound, sound, place)
    })
  }

  /** Whether the second of two frequencies is so much greater that the first looks like a slip. */
  farMore(one: number, other: number): boolean {
    return other >= one * FAR_MORE_FREQUENT
  }

  /** The words that begin with `start`, most frequent first. */
  beginning(start: string, most: number): Word[] {
    const found: Word[] = []
    for (let place = this.#firstAtLeast(start); place < this.#words.length && this.#words[place]!.text.startsWith(start); place += 1) {
      found.push(this.#words[place]!)
    }
    return found.toSorted((one, other) => other.documents - one.documents).slice(0, most)
  }

  /** Words to offer to who has typed `start`: as they are written in the catalogue, most frequent first. */
  completing(start: string, most: number): Word[] {
    return this.beginning(start, MOST_BEGINNING)
      .filter(({ text, said }) => !said && !/\d/.test(text))
      .slice(0, most)
  }

  /** The words one slip away (two in long ones), nearest first, then most frequent. Junk far rarer than the best is left out. */
  near(text: string): { word: Word; slips: number }[] {
    const allowed = text.length <= 3 ? 0 : text.length <= 6 ? 1 : 2
    if (allowed === 0) return []
    const measured = this.#likely(text, allowed).flatMap((word) => {
      const distance = slips(text, word.text, allowed)
      return distance <= allowed && distance > 0 ? [{ word, slips: distance }] : []
    })
    const sorted = measured.toSorted((one, other) => one.slips - other.slips || other.word.documents - one.word.documents)
    const best = sorted[0]
    if (!best) return []
    return sorted.filter(({ word, slips: distance }) => distance === best.slips && word.documents >= best.word.documents * 0.02).slice(0, 3)
  }

  /** The words that sound so, written in the other alphabet, nearest first. */
  sounding(text: string): { word: Word; distance: number }[] {
    const cyrillic = /[а-яіў]/.test(text)
    const places = new Set(soundsOf(text).flatMap((sound) => this.#bySound.get(sound) ?? []))
    const roman = romanised(text)
    const allowed = Math.ceil(roman.length * 0.6)
    const measured = [...places].flatMap((place) => {
      const word = this.#words[place]!
      if (/[а-яіў]/.test(word.text) === cyrillic) return []
      const distance = slips(roman, romanised(word.text), allowed)
      return distance <= allowed ? [{ word, distance }] : []
    })
    const sorted = measured.toSorted((one, other) => one.distance - other.distance || other.word.documents - one.word.documents)
    return sorted.filter(({ distance }) => distance <= sorted[0]!.distance + 1).slice(0, 3)
  }

  /** Words of about the same length that share most groups of three letters. */
  #likely(text: string, allowed: number): Word[] {
    const shared = new Map<number, number>()
    for (const trigram of trigramsOf(text)) {
      for (const place of this.#byTrigram.get(trigram) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1)
    }
    const fitting = [...shared.entries()].filter(([place]) => Math.abs(this.#words[place]!.text.length - text.length) <= allowed)
    return fitting
      .toSorted(([one, byOne], [other, byOther]) => byOther - byOne || this.#words[other]!.documents - this.#words[one]!.documents)
      .slice(0, MOST_NEAR)
      .map(([place]) => this.#words[place]!)
  }

  #firstAtLeast(start: string): number {
    let [low, high] = [0, this.#words.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#words[middle]!.text < start) low = middle + 1
      else high = middle
    }
    return low
  }
}

function trigramsOf(text: string): string[] {
  const padded = `^^${text}$`
  return Array.from({ length: padded.length - 2 }, (_, place) => padded.slice(place, place + 3))
}

function push(map: Map<string, number[]>, key: string, place: number): void {
  const list = map.get(key)
  if (list) list.push(place)
  else map.set(key, [place])
}
