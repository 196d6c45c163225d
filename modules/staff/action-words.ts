import type { Locale } from "@mila/kernel"
import { be } from "./actions-be.ts"
import { en } from "./actions-en.ts"
import { ru } from "./actions-ru.ts"

/** Everything the trail may say somebody did; what has no words in three languages does not compile, and is not written down. */
export type AuditAction = keyof typeof ru.actions

/** One language: a sentence for each action, as the person it is about reads it, and why somebody's data was opened. */
export type ActionWords = { actions: Record<AuditAction, string>; because: Record<keyof typeof ru.because, string>; unknown: string }

const WORDS: Readonly<Record<Locale, ActionWords>> = { ru, be, en }

export const ACTIONS = Object.keys(ru.actions) as AuditAction[]

/** What was done, in words; with its reason where there is one. An action from before it had words is said in general. */
export function actionText(action: string, details: Readonly<Record<string, unknown>>, locale: Locale): string {
  const { actions, because, unknown } = WORDS[locale]
  const says = Object.hasOwn(actions, action) ? actions[action as AuditAction] : unknown
  const { reason } = details
  return typeof reason === "string" && Object.hasOwn(because, reason) ? `${says}: ${because[reason as keyof typeof because]}` : says
}
