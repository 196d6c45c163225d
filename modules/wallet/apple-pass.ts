import { LOCALES, type Locale, type Localized } from "@mila/kernel"
import { createHash } from "node:crypto"
import type { AppleKeys } from "./apple-keys.ts"
import { appleSignature } from "./apple-signature.ts"
import { assertPass, type Pass, type Programme } from "./pass.ts"
import { picturesOf, rgbText } from "./pictures.ts"
import { WORDS } from "./words.ts"
import { zip } from "./zip.ts"

/** Where phones ask for the pass again (PassKit Web Service): our address, and a secret of this pass, 16 signs or more. */
export type PassUpdates = { url: string; token: string }

/** A field of a pass; its texts are the Russian ones, and the phone looks up its own language. */
type Field = {
  key: string
  label: string
  value: string | number
  changeMessage?: string
  numberStyle?: "PKNumberStyleDecimal"
  dateStyle?: "PKDateStyleLong"
  timeStyle?: "PKDateStyleNone"
  ignoresTimeZone?: boolean
}

type StoreCard = Record<"headerFields" | "primaryFields" | "secondaryFields" | "auxiliaryFields" | "backFields", Field[]>

/**
 * A signed `.pkpass` (application/vnd.apple.pkpass): a store card with the points, what ends next, the first name, and the number on the back. The barcode
 * is the thirteen digits as Code 128, and as QR for what cannot show that (a watch); iOS shows EAN-13 only from 27 on. Texts are in Russian, Belarusian and
 * English; a phone in another language reads the Russian. Without `updates` the pass never changes. `at` is the time of signing. Source: Apple, Wallet Passes.
 * Keys that do not fit throw; their words never hold the keys.
 */
export function applePass(pass: Pass & { updates?: PassUpdates }, keys: AppleKeys, { at }: { at: Date }): Buffer {
  assertPass(pass)
  const files: Record<string, Buffer> = {
    "pass.json": Buffer.from(JSON.stringify(saidBy(pass, keys))),
    ...picturesOf(pass.programme.colours),
    ...Object.fromEntries(LOCALES.map((locale) => [`${locale}.lproj/pass.strings`, Buffer.from(stringsIn(locale, pass.programme))])),
  }
  const hashes = Object.entries(files).map(([name, bytes]) => [name, createHash("sha1").update(bytes).digest("hex")])
  const manifest = Buffer.from(JSON.stringify(Object.fromEntries(hashes)))
  return zip({ ...files, "manifest.json": manifest, signature: appleSignature(manifest, keys, { at }) })
}

function saidBy(pass: Pass & { updates?: PassUpdates }, { passType, team }: AppleKeys): object {
  const { serial, number, isActive, programme, updates } = pass
  const { colours } = programme
  const shown = { message: number, messageEncoding: "iso-8859-1", altText: number }
  const barcodes = [
    { format: "PKBarcodeFormatCode128", ...shown },
    { format: "PKBarcodeFormatQR", ...shown },
  ]
  return {
    ...{ formatVersion: 1, passTypeIdentifier: passType, teamIdentifier: team, serialNumber: serial },
    ...{ organizationName: programme.organisation, description: programme.description.ru, logoText: programme.name.ru },
    backgroundColor: rgbText(colours.background),
    foregroundColor: rgbText(colours.text),
    labelColor: rgbText(colours.label),
    sharingProhibited: true,
    ...(isActive ? { barcodes } : { voided: true }),
    ...(updates ? { webServiceURL: updates.url, authenticationToken: updates.token } : {}),
    storeCard: isActive ? storeCard(pass) : voidCard(programme),
  }
}

const EMPTY = { headerFields: [], primaryFields: [], secondaryFields: [], auxiliaryFields: [], backFields: [] }

function storeCard({ number, firstName, balance, expiring, programme }: Pass): StoreCard {
  const numberStyle = "PKNumberStyleDecimal"
  const points: Field = { key: "balance", label: WORDS.balance.ru, value: balance, changeMessage: WORDS.balanceChanged.ru, numberStyle }
  const member: Field[] = firstName ? [{ key: "member", label: WORDS.member.ru, value: firstName }] : []
  const ending: Field[] = expiring ? [{ key: "expiring", label: WORDS.expiring.ru, value: expiring.points, numberStyle }] : []
  return {
    ...EMPTY,
    primaryFields: [points],
    secondaryFields: [...member, ...ending],
    auxiliaryFields: expiring ? [lastDayField(expiring.lastDay)] : [],
    backFields: [{ key: "number", label: WORDS.number.ru, value: number }, ...whomToAsk(programme)],
  }
}

/** A day in Minsk, wherever the phone is. */
const lastDayField = (lastDay: string): Field => ({
  ...{ key: "lastDay", label: WORDS.lastDay.ru, value: `${lastDay}T00:00:00+03:00` },
  ...{ dateStyle: "PKDateStyleLong", timeStyle: "PKDateStyleNone", ignoresTimeZone: true },
})

function voidCard(programme: Programme): StoreCard {
  return {
    ...EMPTY,
    primaryFields: [{ key: "state", label: WORDS.card.ru, value: WORDS.isVoid.ru, changeMessage: "%@" }],
    secondaryFields: [{ key: "next", label: WORDS.next.ru, value: WORDS.seeCards.ru }],
    backFields: whomToAsk(programme),
  }
}

const whomToAsk = ({ contact, links }: Programme): Field[] => [
  { key: "contact", label: WORDS.contact.ru, value: contact },
  ...links.map(({ title, url }, place) => ({ key: `link${place + 1}`, label: title.ru, value: url })),
]

/** A `pass.strings`: the Russian text is the key, so that a language we do not speak is shown something to read. */
function stringsIn(locale: Locale, { name, description, links }: Programme): string {
  const texts: Localized[] = [...Object.values(WORDS), name, description, ...links.map(({ title }) => title)]
  return [...new Map(texts.map((text) => [text.ru, text[locale]]))].map(([key, text]) => `${quoted(key)} = ${quoted(text)};`).join("\n")
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&").replace(/\r?\n/g, "\\n")}"`
