import type { Locale } from "@mila/kernel"
import type { Dice } from "../seeded.ts"
import type { Traits } from "../shelves/family.ts"
import { BELARUSIAN } from "./sentences-be.ts"
import { RUSSIAN } from "./sentences-ru.ts"
import type { Opinions } from "./sentences.ts"

export type Writer = { isMan: boolean; locale: Locale }
export type Opinion = { stars: number; text: string; answer: string | null }

type Mood = keyof Opinions

/** One to five stars of what everybody loves, and of what hardly anybody does, in hundredths. */
const LOVED = [1, 2, 4, 15, 78] as const
const POOR = [24, 20, 24, 18, 14] as const

/** How good a thing is in its buyers' eyes, 0 to 1: most are good, some are not, a few are poor. */
export function qualityOf(dice: Dice): number {
  const kind = dice.next()
  return kind < 0.72 ? 0.75 + dice.next() * 0.25 : kind < 0.93 ? 0.45 + dice.next() * 0.3 : 0.1 + dice.next() * 0.3
}

/** One to five stars: around the thing's quality, every buyer with luck of their own. */
export function starsFor(dice: Dice, quality: number): number {
  const weights = LOVED.map((loved, place) => loved * quality + POOR[place]! * (1 - quality))
  let luck = dice.next() * 100
  for (const [place, weight] of weights.entries()) {
    luck -= weight
    if (luck < 0) return place + 1
  }
  return 5
}

/** What somebody says: two to four sentences that fit the stars, in the writer's language. */
export function opinionOf(dice: Dice, { stars, traits, writer }: { stars: number; traits: Traits; writer: Writer }): Opinion {
  const words = writer.locale === "be" ? BELARUSIAN : RUSSIAN
  const mood: Mood = stars >= 4 ? "good" : stars === 3 ? "mixed" : "bad"
  const about = words.about[traits]
  const said = [
    ...(dice.chance(0.75) ? [dice.pick(words.begins[mood])] : []),
    dice.pick(about[mood]),
    ...(dice.chance(0.45) ? [dice.pick(about[mood])] : []),
    ...(stars === 4 || (stars === 2 && dice.chance(0.4)) ? [dice.pick(about.mixed)] : []),
    ...(dice.chance(0.4) ? [dice.pick(words.ends[mood])] : []),
  ]
  const answers = stars <= 2 ? dice.chance(0.7) : stars === 3 ? dice.chance(0.35) : dice.chance(0.05)
  return { stars, text: inVoiceOf([...new Set(said)].join(" "), writer), answer: answers ? dice.pick(words.answers[mood]) : null }
}

/** `{купила|купил}` as a woman or a man says it. */
function inVoiceOf(text: string, { isMan }: Writer): string {
  return text.replaceAll(/\{([^|}]*)\|([^}]*)\}/g, (_, she: string, he: string) => (isMan ? he : she))
}
