import type { Locale } from "@mila/kernel"
import { be } from "./copy-words-be.ts"
import { en } from "./copy-words-en.ts"
import { ru } from "./copy-words-ru.ts"

/** What stands on the paper that holds everything we know of a person. */
export type CopyWords = typeof ru

export const COPY_WORDS: Readonly<Record<Locale, CopyWords>> = { ru, be, en }
