import { unzipSync } from "fflate"
import forge from "node-forge"
import assert from "node:assert/strict"
import { createHash, verify, X509Certificate } from "node:crypto"
import { test } from "node:test"
import { type AppleKeys, applePass, type Pass } from "./index.ts"
import { aPass, aProgramme, someAppleKeys } from "./testing.ts"

const KEYS = someAppleKeys()
const AT = new Date("2026-11-23T09:00:00Z")

function filesOf(pass: Parameters<typeof applePass>[0], keys: AppleKeys = KEYS): Record<string, Buffer> {
  const files = unzipSync(applePass(pass, keys, { at: AT }))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]))
}

type Field = { key: string; label: string; value: unknown; [more: string]: unknown }
type Shown = Record<string, unknown> & { storeCard: Record<string, Field[]>; barcodes: Record<string, string>[] }

function shownOf(pass: Parameters<typeof applePass>[0]): Shown {
  return JSON.parse(filesOf(pass)["pass.json"]!.toString()) as Shown
}

const fieldsOf = ({ storeCard }: Shown): Map<string, Field> =>
  new Map(
    Object.values(storeCard)
      .flat()
      .map((field) => [field.key, field]),
  )

/** What a phone does with the signature: the chain, the manifest's hash inside the signed attributes, and RSA over those. Throws when something is off. */
function checkSignature({ signature, manifest }: { signature: Buffer; manifest: Buffer }, { wwdr }: AppleKeys): X509Certificate {
  const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(signature.toString("binary"))) as forge.pkcs7.PkcsSignedData & {
    rawCapture: { authenticatedAttributes: forge.asn1.Asn1[]; signature: string; content?: unknown }
    certificates: forge.pki.Certificate[]
  }
  assert.equal(message.rawCapture.content, undefined, "the signature is detached")
  const { authenticatedAttributes: attributes, signature: signed } = message.rawCapture
  const { asn1, pki } = forge
  const digests = attributes.flatMap(({ value }) => {
    const [id, held] = value as [forge.asn1.Asn1, forge.asn1.Asn1]
    const isDigest = asn1.derToOid(id.value as string) === pki.oids["messageDigest"]
    return isDigest ? [Buffer.from((held.value as forge.asn1.Asn1[])[0]!.value as string, "binary").toString("hex")] : []
  })
  assert.deepEqual(digests, [createHash("sha256").update(manifest).digest("hex")])
  const attributeSet = asn1.toDer(asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, attributes)).getBytes()
  const certificates = message.certificates.map((one) => new X509Certificate(pki.certificateToPem(one)))
  const signer = certificates.find((one) => !one.ca)!
  assert.ok(
    verify("sha256", Buffer.from(attributeSet, "binary"), signer.publicKey, Buffer.from(signed, "binary")),
    "RSA over the attributes",
  )
  assert.ok(
    certificates.some((one) => one.fingerprint256 === new X509Certificate(wwdr).fingerprint256),
    "the intermediate comes along",
  )
  assert.ok(signer.verify(new X509Certificate(wwdr).publicKey), "the intermediate signed ours")
  return signer
}

test("the manifest names every file of the pass by its SHA-1 and is signed by the shop's certificate", () => {
  const { "manifest.json": manifest, signature, ...files } = filesOf(aPass())
  const hashes = Object.entries(files).map(([name, bytes]) => [name, createHash("sha1").update(bytes).digest("hex")])
  assert.deepEqual(JSON.parse(manifest!.toString()), Object.fromEntries(hashes))
  assert.deepEqual(Object.keys(files).toSorted(), [
    ...["be.lproj/pass.strings", "en.lproj/pass.strings", "icon.png", "icon@2x.png", "icon@3x.png"],
    ...["logo.png", "logo@2x.png", "logo@3x.png", "pass.json", "ru.lproj/pass.strings"],
  ])
  const signer = checkSignature({ signature: signature!, manifest: manifest! }, KEYS)
  assert.match(signer.subject, /UID=pass\.example\.card/)
})

test("a pass changed after it was signed, or signed for somebody else, is found out", () => {
  const { "manifest.json": manifest, signature } = filesOf(aPass())
  const changed = Buffer.from(manifest!.toString().replace(/[0-9a-f]{40}/, "0".repeat(40)))
  assert.throws(() => checkSignature({ signature: signature!, manifest: changed }, KEYS))
  assert.throws(() => checkSignature({ signature: signature!, manifest: manifest! }, someAppleKeys()), /intermediate/)
})

test("a key may lie encrypted; without its passphrase there is no pass, and the words of the failure hold no key", () => {
  const keys = someAppleKeys({ passphrase: "a long sentence" })
  const { "manifest.json": manifest, signature } = filesOf(aPass(), keys)
  checkSignature({ signature: signature!, manifest: manifest! }, keys)
  assert.throws(
    () => applePass(aPass(), { ...keys, passphrase: "another" }, { at: AT }),
    (error: Error) => !/PRIVATE|a long|another/.test(error.message),
  )
})

test("the pass is the shop's store card in the programme's colours", () => {
  const { formatVersion, passTypeIdentifier, teamIdentifier, serialNumber, organizationName, ...shown } = shownOf(aPass())
  assert.deepEqual(
    { formatVersion, passTypeIdentifier, teamIdentifier, serialNumber, organizationName },
    {
      ...{ formatVersion: 1, passTypeIdentifier: "pass.example.card", teamIdentifier: "ABCDE12345", serialNumber: "p-7f3a" },
      organizationName: "ООО «Пример»",
    },
  )
  const { backgroundColor, foregroundColor, labelColor, description, logoText, sharingProhibited } = shown
  assert.deepEqual(
    { backgroundColor, foregroundColor, labelColor },
    { backgroundColor: "rgb(27, 94, 32)", foregroundColor: "rgb(255, 255, 255)", labelColor: "rgb(200, 230, 201)" },
  )
  assert.deepEqual(
    { description, logoText, sharingProhibited },
    { description: "Карта участника клуба", logoText: 'Клуб "Мила"', sharingProhibited: true },
  )
})

test("it shows the points and says when they change, what ends and when, and of the member the first name only", () => {
  const fields = fieldsOf(shownOf(aPass()))
  const { value, changeMessage, numberStyle } = fields.get("balance")!
  assert.deepEqual([value, changeMessage, numberStyle], [1234, "Теперь у вас бонусов: %@", "PKNumberStyleDecimal"])
  assert.equal(fields.get("expiring")!.value, 150)
  const { value: lastDay, dateStyle, ignoresTimeZone } = fields.get("lastDay")!
  assert.deepEqual([lastDay, dateStyle, ignoresTimeZone], ["2026-12-31T00:00:00+03:00", "PKDateStyleLong", true])
  assert.equal(fields.get("member")!.value, "Анна")
})

test("where nothing ends, nothing is said of it; no points are a number too", () => {
  const fields = fieldsOf(shownOf(aPass({ expiring: null, balance: 0 as Pass["balance"] })))
  assert.deepEqual(
    [...fields.keys()],
    ["member", "balance", "number", "contact", "link1"].toSorted(
      (one, other) => [...fields.keys()].indexOf(one) - [...fields.keys()].indexOf(other),
    ),
  )
  assert.equal(fields.get("balance")!.value, 0)
})

test("the back has the number as text, whom to ask, and the links", () => {
  const { backFields } = shownOf(aPass()).storeCard
  assert.deepEqual(
    backFields!.map(({ key, label, value }) => [key, label, value]),
    [
      ["number", "Номер карты", "2912345678900"],
      ["contact", "Связаться с нами", "+375 17 200-00-00"],
      ["link1", "Правила", "https://mila.example/rules"],
    ],
  )
})

test("the barcode is the thirteen digits, as Code 128 first and as QR for what cannot show that", () => {
  const { barcodes } = shownOf(aPass())
  const shown = { message: "2912345678900", messageEncoding: "iso-8859-1", altText: "2912345678900" }
  assert.deepEqual(barcodes, [
    { format: "PKBarcodeFormatCode128", ...shown },
    { format: "PKBarcodeFormatQR", ...shown },
  ])
})

test("every text a phone shows is there in Russian, Belarusian and English, quotes and all", () => {
  const files = filesOf(aPass())
  const stringsIn = (locale: string) => {
    const lines = files[`${locale}.lproj/pass.strings`]!.toString().split("\n")
    return new Map(
      lines.map((line) =>
        /^("(?:[^"\\]|\\.)*") = ("(?:[^"\\]|\\.)*");$/
          .exec(line)!
          .slice(1)
          .map((text) => JSON.parse(text) as string),
      ) as [string, string][],
    )
  }
  const shown = JSON.parse(files["pass.json"]!.toString()) as Shown
  const fields = [...fieldsOf(shown).values()]
  const said = [
    shown["logoText"],
    shown["description"],
    ...fields.flatMap(({ label, changeMessage }) => [label, changeMessage ?? label]),
  ] as string[]
  for (const locale of ["ru", "be", "en"]) for (const text of said) assert.ok(stringsIn(locale).has(text), `${locale}: ${text}`)
  assert.equal(stringsIn("ru").get('Клуб "Мила"'), 'Клуб "Мила"')
  assert.equal(stringsIn("be").get('Клуб "Мила"'), 'Клуб "Міла"')
  assert.equal(stringsIn("en").get("Номер карты"), "Card number")
  assert.equal(stringsIn("en").get("Теперь у вас бонусов: %@"), "Your points are now %@")
})

test("a pass that is to change knows where to ask; one that is not says nothing of it", () => {
  const { webServiceURL, authenticationToken } = shownOf({
    ...aPass(),
    updates: { url: "https://mila.example/wallet", token: "0123456789abcdef" },
  })
  assert.deepEqual([webServiceURL, authenticationToken], ["https://mila.example/wallet", "0123456789abcdef"])
  const without = shownOf(aPass())
  assert.ok(!("webServiceURL" in without) && !("authenticationToken" in without))
})

test("a blocked card's pass is void, says what to do, and nothing of a person", () => {
  const gone = shownOf(aPass({ isActive: false }))
  assert.equal(gone["voided"], true)
  assert.deepEqual([...fieldsOf(gone).keys()], ["state", "next", "contact", "link1"])
  assert.doesNotMatch(JSON.stringify(gone), /Анна|2912345678900|"balance"/)
  assert.ok(!("voided" in shownOf(aPass())))
})

test("a pass named by the card's number, of no card, or in no colour is not made", () => {
  const { colours } = aProgramme()
  const wrong: Partial<Pass>[] = [
    { serial: "card-2912345678900" },
    { serial: "a b" },
    { number: "123" },
    { programme: aProgramme({ colours: { ...colours, label: "green" } }) },
  ]
  for (const part of wrong) assert.throws(() => applePass(aPass(part), KEYS, { at: AT }), /assertion failed/)
})
