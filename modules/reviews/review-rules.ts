import { looksLikeBankCardNumber } from "@mila/kernel"
import { refuse } from "./refusals.ts"

export const REVIEW_RULES = {
  leastText: 10,
  mostText: 4_000,
  /** reviews, comments and changes of one member in a day */
  aDay: 10,
  mostPhotos: 4,
  mostPhotoBytes: 10_000_000,
  longestSide: 1_600,
}

/** Why a moderator refuses. Stable; the words a person reads are the door's. */
export const REFUSAL_REASONS = ["not_about_product", "insult", "personal_data", "advertising", "unlawful", "illegible"] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

const CONTACTS = /https?:\/\/|www\.|\b[\w-]+\.(?:by|ru|com|net|org|info|shop)\b|[\w.+-]+@[\w-]+\.\w|(?:\+?\d[\s()-]*){9,}/iu

/** What was written, trimmed; refuses what is no review, contacts and bank card numbers. Markup stays what it is: text. */
export function checkedText(text: string, { least = REVIEW_RULES.leastText, most = REVIEW_RULES.mostText } = {}): string {
  const clean = text
    .normalize("NFC")
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e]/g, "")
    .trim()
  if (looksLikeBankCardNumber(clean)) refuse("bank_card_number")
  if (clean.length < least || clean.length > most) refuse("review_malformed", { least, most })
  if (CONTACTS.test(clean)) refuse("review_contacts")
  return clean
}

/** What a moderator should look at first; null for nothing odd. */
export function oddities(text: string, { sameElsewhere }: { sameElsewhere: boolean }): string | null {
  const letters = text.replaceAll(/[^\p{L}]/gu, "")
  const capitals = letters.replaceAll(/[^\p{Lu}]/gu, "").length
  const odd = [
    ...(sameElsewhere ? ["same_text"] : []),
    ...(letters.length > 20 && capitals > letters.length / 2 ? ["shouting"] : []),
    ...(/(.)\1{7,}/u.test(text) ? ["repeated"] : []),
  ]
  return odd.length > 0 ? odd.join(" ") : null
}
