import assert from "node:assert/strict"
import { test } from "node:test"
import { gatewaysOf } from "./gateway-settings.ts"
import { tilesOf } from "./map-settings.ts"
import { sellerOf, unsaidOfSeller } from "./seller-settings.ts"
import { readSettings, SETTINGS, settingsTable, WrongSettings } from "./settings.ts"

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    assert.ok(error instanceof WrongSettings)
    return error.faults
  }
}

test("nothing has to be set for the embedded database", () => {
  const { port, host, databaseUrl } = readSettings({})
  assert.deepEqual({ port, host, databaseUrl }, { port: 3000, host: "127.0.0.1", databaseUrl: null })
})

test("everything that is wrong is named at once, by its variable", () => {
  const faults = faultsOf({
    PORT: "many",
    MILA_LOG_LEVEL: "loud",
    MILA_PROT: "1",
    DATABASE_URL: "mysql://x",
    MILA_CLOCK_START: "yesterday",
  })
  assert.deepEqual(
    faults.map((fault) => fault.split(" ")[0]),
    ["PORT", "DATABASE_URL", "MILA_LOG_LEVEL", "MILA_CLOCK_START", "MILA_PROT"],
  )
})

test("a fault never repeats the value, which may be a secret", () => {
  assert.doesNotMatch(faultsOf({ MILA_SECRET: "hunter2", DATABASE_URL: "http://mila:hunter2@host" }).join(), /hunter2/)
})

test("an outside database asks for the secret, so that two machines share it", () => {
  assert.match(faultsOf({ DATABASE_URL: "postgresql://host/mila" }).join(), /MILA_SECRET must be set/)
  const secret = Buffer.alloc(32, 7).toString("base64")
  assert.deepEqual(readSettings({ DATABASE_URL: "postgresql://host/mila", MILA_SECRET: secret }).secret, Buffer.alloc(32, 7))
})

test("an empty variable counts as not set", () => {
  assert.equal(readSettings({ PORT: "" }).port, 3000)
})

test("every variable is documented", () => {
  const table = settingsTable()
  for (const { name, meaning } of Object.values(SETTINGS)) assert.ok(table.includes(name) && table.includes(meaning))
})

test("a gateway is there when its account is, the one that is first is asked first, and half an account is a fault", () => {
  const names = (env: Record<string, string>) => gatewaysOf(readSettings(env)).map(({ name }) => name)
  const both = { MILA_ROCKETSMS_LOGIN: "190000000", MILA_ROCKETSMS_PASSWORD: "secret", MILA_SMSBY_TOKEN: "abc" }
  assert.deepEqual(names({}), [])
  assert.deepEqual(names({ MILA_SMSBY_TOKEN: "abc" }), ["smsby"])
  assert.deepEqual(names(both), ["rocketsms", "smsby"])
  assert.deepEqual(names({ ...both, MILA_SMS_FIRST: "smsby" }), ["smsby", "rocketsms"])
  assert.match(faultsOf({ MILA_ROCKETSMS_LOGIN: "190000000" }).join(), /MILA_ROCKETSMS_LOGIN and MILA_ROCKETSMS_PASSWORD are set together/)
  const smsc = { MILA_SMPP_URL: "smpps://smsc.example:3550", MILA_SMPP_SYSTEM_ID: "mila", MILA_SMPP_PASSWORD: "secret" }
  assert.deepEqual(names(smsc), ["smpp"])
  assert.deepEqual(names({ ...both, ...smsc }), ["rocketsms", "smsby", "smpp"])
  assert.deepEqual(names({ ...both, ...smsc, MILA_SMS_FIRST: "smpp" }), ["smpp", "rocketsms", "smsby"])
  for (const part of Object.keys(smsc))
    assert.match(faultsOf({ ...smsc, [part]: "" }).join(), /MILA_SMPP_URL and MILA_SMPP_SYSTEM_ID and MILA_SMPP_PASSWORD are set together/)
  assert.match(faultsOf({ ...smsc, MILA_SMPP_SENDER: "Мила" }).join(), /^MILA_SMPP_SENDER is at most 11 Latin/)
  assert.match(faultsOf({ ...smsc, MILA_SMPP_SYSTEM_ID: "sixteen-letters-" }).join(), /MILA_SMPP_SYSTEM_ID is at most 15/)
  assert.equal(faultsOf({ ...smsc, MILA_SMPP_URL: "tcp://smsc.example", MILA_SMPP_PASSWORD: "two words" }).length, 3)
  const mail = { MILA_SMTP_URL: "smtps://mila:secret@mail.example", MILA_MAIL_FROM: "Мила <hello@mila.example>" }
  assert.deepEqual(names({ ...both, ...mail }).toSorted(), ["rocketsms", "smsby", "smtp"])
  assert.match(faultsOf({ MILA_SMTP_URL: mail.MILA_SMTP_URL }).join(), /MILA_SMTP_URL and MILA_MAIL_FROM are set together/)
  assert.doesNotMatch(faultsOf({ ...mail, MILA_MAIL_FROM: "a@b\r\nBcc: c@d" }).join(), /Bcc/)
  assert.equal(faultsOf({ ...mail, MILA_MAIL_FROM: "a@b\r\nBcc: c@d" }).length, 2)
  assert.match(faultsOf({ MILA_ROCKETSMS_SENDER: "Мила" }).join(), /Latin/)
})

test("a source of map tiles is an https address with its places in it, and never shown without its credit", () => {
  const tiles = { MILA_MAP_TILES: "https://tiles.example/{z}/{x}/{y}.png", MILA_MAP_CREDIT: "© Tiles" }
  assert.deepEqual(tilesOf(readSettings(tiles)), { url: tiles.MILA_MAP_TILES, credit: "© Tiles" })
  assert.equal(tilesOf(readSettings({})), null)
  assert.match(faultsOf({ ...tiles, MILA_MAP_CREDIT: "" }).join(), /MILA_MAP_CREDIT must be set with MILA_MAP_TILES/)
  for (const wrong of ["http://tiles.example/{z}/{x}/{y}", "https://tiles.example/map.png", "https://x.example/{z}/{x}/{y}; script-src *"])
    assert.match(faultsOf({ ...tiles, MILA_MAP_TILES: wrong }).join(), /MILA_MAP_TILES is https/, wrong)
})

test("a real shop hears at its start what it has not said of its seller; a demo has one that is made up", () => {
  const settings = readSettings({ MILA_SELLER_UNP: "190000000" })
  assert.equal(sellerOf(settings, false).number, "190000000")
  assert.equal(sellerOf(settings, false).register, null)
  assert.deepEqual(unsaidOfSeller(settings, true), [])
  assert.ok(unsaidOfSeller(settings, false).includes("MILA_SELLER_REGISTER"))
  assert.ok(!unsaidOfSeller(settings, false).includes("MILA_SELLER_UNP"))
  assert.ok(Object.values(sellerOf(readSettings({}), true)).every((line) => line !== null))
  assert.deepEqual(faultsOf({ MILA_SELLER_UNP: "19" }), ["MILA_SELLER_UNP is nine digits"])
})
