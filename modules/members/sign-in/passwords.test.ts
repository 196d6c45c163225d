import assert from "node:assert/strict"
import { test } from "node:test"
import { hashPassword, passwordFits } from "@mila/kernel/passwords"
import { checkPassword } from "./passwords.ts"

const phone = "+375291234567"

test("A04: leaked, guessable and short passwords are refused with the reason, all others are taken", () => {
  const refused: [string, string][] = [
    ["password1", "password_too_short"],
    ["Пароль123", "password_too_short"],
    ["password12345", "password_common"],
    ["Dragon2026!!!", "password_common"],
    ["+375 29 123-45-67", "password_common"],
    ["80291234567", "password_common"],
    ["1234567890", "password_common"],
    ["йцукенгшщз", "password_common"],
    ["aaaaaaaaaaaa", "password_common"],
    ["Мила-2026-2026", "password_common"],
    ["x".repeat(3).concat("y".repeat(126)), "password_too_long"],
  ]
  for (const [password, code] of refused) assert.throws(() => checkPassword(password, { phone }), { code }, password)
  for (const password of [
    "зелёная кастрюля",
    "correct horse battery staple",
    "  с пробелами  ",
    "ы".repeat(2).concat("длинный-".repeat(15)),
    "🐈🐈‍⬛🐕🦔🐝🐞🦋🐌🐛🪲",
  ])
    assert.doesNotThrow(() => checkPassword(password, { phone }), password)
})

test("A04: the whole password counts, past any byte; two spellings of a letter are one", async () => {
  const long = "я".repeat(40) // 80 bytes
  const hash = await hashPassword(`${long}а`)
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.equal(await passwordFits(`${long}а`, hash), true)
  assert.equal(await passwordFits(`${long}б`, hash), false)
  assert.equal(await passwordFits(long, hash), false)
  const composed = await hashPassword("ёлка на окне")
  assert.equal(await passwordFits("е\u0308лка на окне", composed), true)
  assert.equal(await passwordFits(" ёлка на окне", composed), false, "nothing is trimmed")
  assert.notEqual(await hashPassword("одно и то же"), await hashPassword("одно и то же"))
})

test("nobody's password fits nothing", async () => {
  for (const password of ["", "A".repeat(43), "какой-нибудь"]) assert.equal(await passwordFits(password, null), false)
})
