import { LOCALES } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import { saidInGeneral, saidOf } from "./index.ts"

/** A number and its word stand on one line of a screen: the space between them does not break. */
const plain = (said: string | undefined) => said?.replaceAll("\u00a0", " ")

test("a refusal is said in the reader's language, with the time to wait rounded up; what has no words is said in general", () => {
  assert.deepEqual(
    LOCALES.map((locale) => plain(saidOf("too_often", locale, { wait: 121 }))),
    [
      "Слишком много попыток. Попробуйте через 3 минуты.",
      "Занадта шмат спроб. Паспрабуйце праз 3 хвіліны.",
      "Too many attempts. Try again in 3 minutes.",
    ],
  )
  assert.equal(plain(saidOf("too_often", "ru", { wait: 1 })), "Слишком много попыток. Попробуйте через 1 секунду.")
  assert.equal(plain(saidOf("too_often", "en", { wait: 6_000 })), "Too many attempts. Try again in 2 hours.")
  assert.equal(saidOf("toString", "ru"), undefined)
  assert.equal(saidInGeneral("be"), "Не атрымалася. Паспрабуйце яшчэ раз.")
})
