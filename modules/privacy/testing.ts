import type { Tx } from "@mila/kernel"
import { defaultTexts } from "./default-texts.ts"
import { publishMissing } from "./publish-texts.ts"

/** Somebody who processes data, for tests that do not care who. */
export const SOME_OPERATOR = { name: "ООО «Мила-тест»", address: "г. Минск, ул. Примерная, 1", email: "privacy@example.by" }

/** The texts a chain begins with. */
export const someTexts = (tx: Tx, at: Date) => publishMissing(tx, { texts: defaultTexts(SOME_OPERATOR), at })
