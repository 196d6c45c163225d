import { dayText, LOCALES, type Locale, type Localized } from "@mila/kernel"
import { assertPass, type Pass, type Programme } from "./pass.ts"
import { WORDS } from "./words.ts"

type LocalizedString = {
  defaultValue: { language: Locale; value: string }
  translatedValues: { language: Locale; value: string }[]
}

type LoyaltyPoints = { localizedLabel: LocalizedString; balance: { int: number } }

/** Google's RotatingBarcode as we use it; the key is what makes codes, so it travels to Google's API and nowhere else. */
export type RotatingBarcode = {
  type: "QR_CODE"
  renderEncoding: "UTF_8"
  valuePattern: string
  alternateText: string
  totpDetails: { algorithm: "TOTP_SHA1"; periodMillis: string; parameters: { key: string; valueLength: number }[] }
}

/** Google Wallet's LoyaltyObject, as its REST API takes it (version 1). */
export type LoyaltyObject = {
  id: string
  classId: string
  state: "ACTIVE" | "INACTIVE"
  // here and below null takes away what was said before
  accountName: string | null
  accountId: string | null
  barcode: { type: "CODE_128"; value: string; alternateText: string } | null
  rotatingBarcode?: RotatingBarcode | null
  loyaltyPoints: LoyaltyPoints | null
  secondaryLoyaltyPoints: LoyaltyPoints | null
  textModulesData: { id: string; localizedHeader: LocalizedString; localizedBody: LocalizedString }[]
  linksModuleData: { uris: { id: string; uri: string; localizedDescription: LocalizedString }[] }
}

/** Google Wallet's LoyaltyClass: what all passes of a programme share. */
export type LoyaltyClass = {
  id: string
  reviewStatus: "UNDER_REVIEW"
  issuerName: string
  programName: string
  localizedProgramName: LocalizedString
  programLogo: { sourceUri: { uri: string }; contentDescription: LocalizedString }
  hexBackgroundColor: string
  homepageUri: { uri: string }
  countryCode: "BY"
  localizedAccountNameLabel: LocalizedString
  localizedAccountIdLabel: LocalizedString
  multipleDevicesAndHoldersAllowedStatus: "ONE_USER_ALL_DEVICES"
}

/** A device of the card as its enrolment with algorithm sha1 gave it; `secret` as bytes. */
export type RotatingDevice = { deviceNo: number; secret: Buffer }

const STEP_MS = 30_000
const CODE_DIGITS = 8

/** `rotating`: the key of the card's rotating code; null takes it away, undefined leaves what is there. */
export type GooglePass = Pass & { rotating?: RotatingDevice | null }

/**
 * The pass as Google Wallet keeps it. With `rotating` the phone shows the card's rotating code as a QR code (Google prefers it to the static barcode),
 * without a network: 13 digits, the device's 2, and the 8 of RFC 6238 over HMAC-SHA-1, the only hash Google has. Without a key it shows Code 128. One that is
 * void says nothing of a person.
 */
export function loyaltyObject(pass: GooglePass, issuer: string): LoyaltyObject {
  assertPass(pass)
  const { serial, number, isActive, programme, rotating } = pass
  const named = { id: `${issuer}.${serial}`, classId: `${issuer}.${programme.key}` }
  const contact = { id: "contact", localizedHeader: said(WORDS.contact), localizedBody: said(inEach(() => programme.contact)) }
  const linksModuleData = {
    uris: programme.links.map(({ title, url }, place) => ({ id: `link${place + 1}`, uri: url, localizedDescription: said(title) })),
  }
  if (!isActive)
    return {
      ...{ ...named, state: "INACTIVE", accountName: null, accountId: null, barcode: null, rotatingBarcode: null },
      ...{ loyaltyPoints: null, secondaryLoyaltyPoints: null, textModulesData: [contact], linksModuleData },
    }
  return {
    ...{ ...named, state: "ACTIVE", accountName: pass.firstName || null, accountId: number },
    barcode: { type: "CODE_128", value: number, alternateText: number },
    ...(rotating === undefined ? {} : { rotatingBarcode: rotating && rotatingBarcode(number, rotating) }),
    ...pointsOf(pass),
    textModulesData: [...lastDayOf(pass), contact],
    linksModuleData,
  }
}

function pointsOf({ balance, expiring }: Pass): Pick<LoyaltyObject, "loyaltyPoints" | "secondaryLoyaltyPoints"> {
  return {
    loyaltyPoints: { localizedLabel: said(WORDS.balance), balance: { int: balance } },
    secondaryLoyaltyPoints: expiring ? { localizedLabel: said(WORDS.expiring), balance: { int: expiring.points } } : null,
  }
}

function lastDayOf({ expiring }: Pass): LoyaltyObject["textModulesData"] {
  if (!expiring) return []
  const days = inEach((locale) => dayText(expiring.lastDay, locale))
  return [{ id: "lastDay", localizedHeader: said(WORDS.lastDay), localizedBody: said(days) }]
}

/** The programme as Google Wallet keeps it. Google looks at it again whenever it changes (`UNDER_REVIEW`). */
export function loyaltyClass(programme: Programme, issuer: string): LoyaltyClass {
  return {
    id: `${issuer}.${programme.key}`,
    reviewStatus: "UNDER_REVIEW",
    issuerName: programme.organisation,
    programName: programme.name.ru,
    localizedProgramName: said(programme.name),
    programLogo: { sourceUri: { uri: programme.logoUrl }, contentDescription: said(programme.name) },
    hexBackgroundColor: programme.colours.background,
    homepageUri: { uri: programme.site },
    countryCode: "BY",
    localizedAccountNameLabel: said(WORDS.member),
    localizedAccountIdLabel: said(WORDS.number),
    multipleDevicesAndHoldersAllowedStatus: "ONE_USER_ALL_DEVICES",
  }
}

function rotatingBarcode(number: string, { deviceNo, secret }: RotatingDevice): RotatingBarcode {
  return {
    type: "QR_CODE",
    renderEncoding: "UTF_8",
    valuePattern: `${number}${String(deviceNo).padStart(2, "0")}{totp_value_0}`,
    alternateText: number,
    totpDetails: {
      algorithm: "TOTP_SHA1",
      periodMillis: String(STEP_MS), // int64 is text in Google's JSON
      parameters: [{ key: secret.toString("hex").toUpperCase(), valueLength: CODE_DIGITS }],
    },
  }
}

function said(text: Localized): LocalizedString {
  const [first, ...others] = LOCALES.map((language) => ({ language, value: text[language] }))
  return { defaultValue: first!, translatedValues: others }
}

const inEach = (text: (locale: Locale) => string): Localized => ({ ru: text("ru"), be: text("be"), en: text("en") })
