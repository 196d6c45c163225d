import { LOCALES, type Localized } from "@mila/kernel"
import { PassType, PKPass } from "passkit-generator"
import type { AppleKeys } from "./apple-keys.ts"
import { assertPass, type Pass, type Programme } from "./pass.ts"
import { picturesOf, rgbText } from "./pictures.ts"
import { WORDS } from "./words.ts"

/** Where phones ask for the pass again (PassKit Web Service): our address, and a secret of this pass, 16 signs or more. */
export type PassUpdates = { url: string; token: string }

/**
 * A signed `.pkpass` (application/vnd.apple.pkpass): a store card with the points, what ends next, the first name, and the number on the back. The barcode
 * is the thirteen digits as Code 128, and as QR for what cannot show that (a watch); iOS shows EAN-13 only from 27 on. Texts are in Russian, Belarusian and
 * English; a phone in another language reads the Russian. Without `updates` the pass never changes. Source: Apple, Wallet Passes.
 * Keys that do not fit throw; their words never hold the keys.
 */
export async function applePass(pass: Pass & { updates?: PassUpdates }, keys: AppleKeys): Promise<Buffer> {
  assertPass(pass)
  const { serial, number, isActive, programme, updates } = pass
  const { passphrase } = keys
  const file = new PKPass(
    { ...picturesOf(programme.colours) },
    {
      signerCert: keys.certificate,
      signerKey: keys.key,
      wwdr: keys.wwdr,
      ...(passphrase === null ? {} : { signerKeyPassphrase: passphrase }),
    },
    {
      ...{ formatVersion: 1, passTypeIdentifier: keys.passType, teamIdentifier: keys.team, serialNumber: serial },
      ...{ organizationName: programme.organisation, description: programme.description.ru, logoText: programme.name.ru },
      backgroundColor: rgbText(programme.colours.background),
      foregroundColor: rgbText(programme.colours.text),
      labelColor: rgbText(programme.colours.label),
      sharingProhibited: true,
      ...(isActive ? {} : { voided: true }),
      ...(updates ? { webServiceURL: updates.url, authenticationToken: updates.token } : {}),
    },
  )
  file.types.push(isActive ? storeCard(pass) : voidCard(pass))
  const shown = { message: number, messageEncoding: "iso-8859-1", altText: number }
  if (isActive) file.setBarcodes({ format: "PKBarcodeFormatCode128", ...shown }, { format: "PKBarcodeFormatQR", ...shown })
  const texts = [...Object.values(WORDS), programme.name, programme.description, ...programme.links.map(({ title }) => title)]
  for (const locale of LOCALES)
    file.localize(
      locale,
      stringsOf(texts, (text) => text[locale]),
    )
  return file.getAsBuffer()
}

function storeCard({ number, firstName, balance, expiring, programme: { contact, links } }: Pass): PassType<"storeCard"> {
  const card = new PassType("storeCard")
  const wholeNumber = { numberStyle: "PKNumberStyleDecimal" } as const
  card.primaryFields.push({
    ...{ key: "balance", label: WORDS.balance.ru, value: balance, changeMessage: WORDS.balanceChanged.ru },
    ...wholeNumber,
  })
  if (firstName) card.secondaryFields.push({ key: "member", label: WORDS.member.ru, value: firstName })
  if (expiring) {
    card.secondaryFields.push({ key: "expiring", label: WORDS.expiring.ru, value: expiring.points, ...wholeNumber })
    card.auxiliaryFields.push({
      ...{ key: "lastDay", label: WORDS.lastDay.ru, value: `${expiring.lastDay}T00:00:00+03:00` },
      ...{ dateStyle: "PKDateStyleLong", timeStyle: "PKDateStyleNone", ignoresTimeZone: true }, // a day in Minsk, wherever the phone is
    })
  }
  card.backFields.push({ key: "number", label: WORDS.number.ru, value: number }, ...askWhom({ contact, links }))
  return card
}

function voidCard({ programme: { contact, links } }: Pass): PassType<"storeCard"> {
  const card = new PassType("storeCard")
  card.primaryFields.push({ key: "state", label: WORDS.card.ru, value: WORDS.isVoid.ru, changeMessage: "%@" })
  card.secondaryFields.push({ key: "next", label: WORDS.next.ru, value: WORDS.seeCards.ru })
  card.backFields.push(...askWhom({ contact, links }))
  return card
}

const askWhom = ({ contact, links }: Pick<Programme, "contact" | "links">) => [
  { key: "contact", label: WORDS.contact.ru, value: contact },
  ...links.map(({ title, url }, place) => ({ key: `link${place + 1}`, label: title.ru, value: url })),
]

/** A `pass.strings`: the Russian text is the key, so that a language we do not speak is shown something to read. */
function stringsOf(texts: readonly Localized[], inLocale: (text: Localized) => string): Record<string, string> {
  return Object.fromEntries(texts.map((text) => [quotable(text.ru), quotable(inLocale(text))]))
}

// passkit-generator puts texts between quotes as they are
const quotable = (text: string): string => text.replace(/[\\"]/g, "\\$&").replace(/\r?\n/g, "\\n")
