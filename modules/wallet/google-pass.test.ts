import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { googleInsert, googleUpdate, GoogleWalletAway } from "./google-api.ts"
import { loyaltyClass, loyaltyObject, type RotatingDevice } from "./google-object.ts"
import { googleSaveLink } from "./google-pass.ts"
import type { GoogleKeys, Pass } from "./index.ts"
import { type GoogleStandIn, googleWalletStandIn, shownBy } from "./stand-ins/google-wallet.ts"
import { aPass, aProgramme, someGoogleKeys } from "./testing.ts"

const at = new Date("2026-11-23T10:00:00Z")
const { keys: account, publicKey } = someGoogleKeys()
const rotating: RotatingDevice = { deviceNo: 7, secret: Buffer.from("12345678901234567890") }

let google: GoogleStandIn
let keys: GoogleKeys

before(async () => {
  google = await googleWalletStandIn({ ...account, publicKey }, { now: () => at })
  keys = { ...account, url: google.url, tokenUrl: google.tokenUrl }
})
after(() => google.close())
beforeEach(() => {
  google.mood = "well"
  for (const kept of [google.classes, google.objects]) kept.clear()
  google.asked.length = 0
})

/** Puts a pass to Google as a door would, and answers its link. */
async function put(pass: Pass & { rotating?: RotatingDevice }): Promise<string> {
  const { url, object } = googleSaveLink(pass, keys, { at })
  await googleInsert({ object, loyaltyClass: loyaltyClass(pass.programme, keys.issuer) }, keys, { at })
  return url
}

const claimsOf = (url: string) => JSON.parse(Buffer.from(url.split(".").at(-2)!, "base64url").toString()) as Record<string, unknown>

test("a member who opens the link has the pass: points, what ends, first name, number", async () => {
  const object = google.opens(await put(aPass()))
  const { id, classId, state, accountName, accountId, barcode, loyaltyPoints, secondaryLoyaltyPoints } = object
  assert.deepEqual([id, classId, state], [`${keys.issuer}.p-7f3a`, `${keys.issuer}.programme`, "ACTIVE"])
  assert.deepEqual([accountName, accountId], ["Анна", "2912345678900"])
  assert.deepEqual(barcode, { type: "CODE_128", value: "2912345678900", alternateText: "2912345678900" })
  assert.deepEqual([loyaltyPoints?.balance, secondaryLoyaltyPoints!.balance], [{ int: 1234 }, { int: 150 }])
  const lastDay = object.textModulesData.find(({ id: module }) => module === "lastDay")!
  assert.equal(lastDay.localizedBody.defaultValue.value.replaceAll("\u00a0", " "), "31 декабря 2026 г.")
  assert.deepEqual(
    lastDay.localizedBody.translatedValues.map(({ language }) => language),
    ["be", "en"],
  )
  assert.deepEqual(
    object.linksModuleData.uris.map(({ uri, localizedDescription: said }) => [uri, said.defaultValue.value]),
    [["https://mila.example/rules", "Правила"]],
  )
})

test("the link names the object and its class by their ids, so that neither number nor secret passes through a browser", () => {
  const { url, object } = googleSaveLink({ ...aPass(), rotating }, keys, { at })
  assert.deepEqual(claimsOf(url), {
    ...{ iss: account.email, aud: "google", typ: "savetowallet", iat: at.getTime() / 1000, origins: ["https://mila.example"] },
    payload: { loyaltyObjects: [{ id: object.id, classId: object.classId }] },
  })
  assert.doesNotMatch(Buffer.from(url, "base64url").toString("latin1") + JSON.stringify(claimsOf(url)), /2912345678900|3132333435/)
})

test("a link signed with another key, or of an object that is not there, opens nothing", async () => {
  const url = await put(aPass())
  const foreign = googleSaveLink(aPass(), { ...keys, key: someGoogleKeys().keys.key }, { at }).url
  assert.throws(() => google.opens(foreign), /not signed/)
  assert.throws(() => google.opens(googleSaveLink(aPass({ serial: "other" }), keys, { at }).url), /no such object/)
  assert.equal(google.opens(url).accountName, "Анна")
})

test("the phone shows number, device and the eight digits of RFC 6238 over SHA-1", async () => {
  const { rotatingBarcode } = google.opens(await put({ ...aPass(), rotating }))
  assert.deepEqual(rotatingBarcode, {
    ...{ type: "QR_CODE", renderEncoding: "UTF_8", valuePattern: "291234567890007{totp_value_0}", alternateText: "2912345678900" },
    totpDetails: {
      ...{ algorithm: "TOTP_SHA1", periodMillis: "30000" },
      parameters: [{ key: "3132333435363738393031323334353637383930", valueLength: 8 }],
    },
  })
  // appendix B of the RFC
  assert.equal(shownBy(rotatingBarcode, new Date(59_000)), "29123456789000794287082")
  assert.equal(shownBy(rotatingBarcode, new Date(1_111_111_109_000)), "29123456789000707081804")
})

test("put again, the pass says the new points and forgets what no longer ends, and goes on showing its rotating code", async () => {
  await put({ ...aPass(), rotating })
  const url = await put(aPass({ balance: 1084 as Pass["balance"], expiring: null }))
  const { loyaltyPoints, secondaryLoyaltyPoints, textModulesData, rotatingBarcode } = google.opens(url)
  assert.deepEqual([loyaltyPoints?.balance, secondaryLoyaltyPoints], [{ int: 1084 }, undefined])
  assert.deepEqual(
    textModulesData.map(({ id }) => id),
    ["contact"],
  )
  assert.equal(rotatingBarcode!.valuePattern, "291234567890007{totp_value_0}")
})

test("a blocked card's pass is inactive and says nothing of a person any more", async () => {
  await put({ ...aPass(), rotating })
  const object = google.opens(await put(aPass({ isActive: false })))
  assert.equal(object.state, "INACTIVE")
  assert.doesNotMatch(JSON.stringify(object), /Анна|2912345678900|1234|totp/)
})

test("passes are changed with one token, one that Google has not got is named so, and a key is taken away by name", async () => {
  await put({ ...aPass(), rotating })
  google.asked.length = 0
  const [changed, missing] = [aPass({ balance: 7 as Pass["balance"] }), aPass({ serial: "never-put" })]
  const objects = [loyaltyObject({ ...changed, rotating: null }, keys.issuer), loyaltyObject(missing, keys.issuer)]
  const outcomes = await googleUpdate(objects, keys, { at })
  assert.deepEqual([...outcomes.values()], ["told", "gone"])
  assert.deepEqual(
    google.asked.map((asked) => asked.split(" ")[0]),
    ["POST", "PATCH", "PATCH"],
  )
  const { loyaltyPoints, rotatingBarcode, barcode } = google.opens(googleSaveLink(changed, keys, { at }).url)
  assert.deepEqual([loyaltyPoints?.balance, rotatingBarcode, barcode?.type], [{ int: 7 }, undefined, "CODE_128"])
  google.mood = "forbidden"
  const refused = (await googleUpdate(objects, keys, { at })).get(objects[0]!.id)
  assert.ok(refused instanceof GoogleWalletAway && refused.status === 403)
})

test("the programme is put when asked for, and a pass of a programme that is not there is refused", async () => {
  const { object } = googleSaveLink(aPass(), keys, { at })
  await assert.rejects(googleInsert({ object }, keys, { at }), {
    name: "GoogleWalletAway",
    status: 404,
    message: "Google Wallet, loyaltyObject: 404 NOT_FOUND",
  })
  await put(aPass())
  google.asked.length = 0
  await googleInsert({ object }, keys, { at })
  assert.deepEqual(google.asked, [
    "POST /token",
    "POST /walletobjects/v1/loyaltyObject",
    `PATCH /walletobjects/v1/loyaltyObject/${object.id}`,
  ])
  const kept = google.classes.get(`${keys.issuer}.programme`)!
  assert.deepEqual([kept["issuerName"], kept["programName"], kept["reviewStatus"]], ["ООО «Пример»", 'Клуб "Мила"', "UNDER_REVIEW"])
  assert.deepEqual(kept["programLogo"], loyaltyClass(aProgramme(), keys.issuer).programLogo)
})

test("an account Google does not know gets no token, and nothing is put", async () => {
  const { object } = googleSaveLink(aPass(), keys, { at })
  const stranger = { ...keys, key: someGoogleKeys().keys.key }
  await assert.rejects(googleInsert({ object }, stranger, { at }), { status: 400, message: "Google Wallet, token: 400 invalid_grant" })
  const yesterday = new Date(at.getTime() - 86_400_000)
  await assert.rejects(googleInsert({ object }, keys, { at: yesterday }), {
    status: 400,
    message: "Google Wallet, token: 400 invalid_grant",
  })
  assert.deepEqual(new Set(google.asked), new Set(["POST /token"]))
})

test("what Google refuses or breaks is named by its code word, without number, name or key", async () => {
  const { object } = googleSaveLink({ ...aPass(), rotating }, keys, { at })
  const worded = async (what: Promise<void>) => {
    const error = await what.then(
      () => assert.fail("it was put"),
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof GoogleWalletAway)
    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /2912345678900|Анна|3132333435|PRIVATE/)
    return error.message
  }
  google.mood = "broken"
  assert.equal(await worded(googleInsert({ object }, keys, { at })), "Google Wallet, token: answered with what is no JSON")
  google.mood = "forbidden"
  assert.equal(await worded(googleInsert({ object }, keys, { at })), "Google Wallet, loyaltyObject: 403 PERMISSION_DENIED")
  google.mood = "well"
  const [fault, programme] = [{ ...object, classId: "" }, loyaltyClass(aProgramme(), keys.issuer)]
  assert.equal(
    await worded(googleInsert({ object: fault, loyaltyClass: programme }, keys, { at })),
    "Google Wallet, loyaltyObject: 400 INVALID_ARGUMENT",
  )
})

test("a Google that says nothing is not waited for", { timeout: 60_000 }, async () => {
  google.mood = "silent"
  const { object } = googleSaveLink(aPass(), keys, { at })
  await assert.rejects(googleInsert({ object }, keys, { at, patienceMs: 100 }), {
    status: undefined,
    message: "Google Wallet, token: no answer",
  })
})
