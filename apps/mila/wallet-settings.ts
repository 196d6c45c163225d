import { type AppleKeys, type GoogleKeys, type Programme, readGoogleAccount, type Wallets, wrongAppleKeys } from "@mila/wallet"
import { address, fileOrText, text } from "./setting-kinds.ts"

const HOSTS = { applePush: "https://api.push.apple.com", google: "https://walletobjects.googleapis.com" }

/** The keys of Apple Wallet and Google Wallet. A wallet is offered to members when its keys are there, and not mentioned otherwise. */
export const WALLET_SETTINGS = {
  applePassType: text({
    name: "MILA_APPLE_PASS_TYPE",
    meaning:
      "Apple Wallet: the pass type identifier. With it come team, certificate, key and intermediate; without them iPhones are offered no pass",
    form: /^pass\.[\w.-]{1,200}$/,
    saying: "begins with pass.",
    otherwise: null,
  }),
  appleTeam: text({
    name: "MILA_APPLE_TEAM",
    meaning: "Team identifier at Apple",
    form: /^[A-Z0-9]{10}$/,
    saying: "is 10 capital letters and digits",
    otherwise: null,
  }),
  appleCertificate: fileOrText({ name: "MILA_APPLE_CERTIFICATE", meaning: "Certificate of that pass type (PEM)" }),
  appleKey: fileOrText({ name: "MILA_APPLE_KEY", meaning: "Private key of the certificate (PEM)" }),
  applePassphrase: text({ name: "MILA_APPLE_KEY_PASSPHRASE", meaning: "Passphrase of that key, if it has one", otherwise: null }),
  appleWwdr: fileOrText({
    name: "MILA_APPLE_WWDR",
    meaning: "Apple's intermediate certificate that signed ours, Worldwide Developer Relations (PEM)",
  }),
  applePushUrl: address({
    name: "MILA_APPLE_PUSH_URL",
    meaning: "Host of Apple's push service",
    protocols: ["https:"],
    otherwise: HOSTS.applePush,
  }),
  applePushAuthority: fileOrText({
    name: "MILA_APPLE_PUSH_CA",
    meaning: "Who vouches for a stand-in of that host (PEM); for trying things out alone",
  }),
  googleIssuer: text({
    name: "MILA_GOOGLE_WALLET_ISSUER",
    meaning: "Google Wallet: the issuer's number. With it comes the account; without them Android is offered no pass",
    form: /^\d{10,30}$/,
    saying: "is a number",
    otherwise: null,
  }),
  googleAccount: fileOrText({
    name: "MILA_GOOGLE_WALLET_ACCOUNT",
    meaning: "Service account that may issue passes (the JSON Google gave)",
  }),
  googleUrl: address({
    name: "MILA_GOOGLE_WALLET_URL",
    meaning: "Host of Google's Wallet API",
    protocols: ["http:", "https:"],
    otherwise: HOSTS.google,
  }),
}

type WalletSettings = { readonly [Key in keyof typeof WALLET_SETTINGS]: ReturnType<(typeof WALLET_SETTINGS)[Key]["read"]> } & {
  publicUrl: string | null
  operatorName: string
  operatorEmail: string
}

const APPLE_PARTS = ["applePassType", "appleTeam", "appleCertificate", "appleKey", "appleWwdr"] as const
const GOOGLE_PARTS = ["googleIssuer", "googleAccount"] as const
const PART_SETTING = {
  passType: "applePassType",
  team: "appleTeam",
  certificate: "appleCertificate",
  key: "appleKey",
  passphrase: "applePassphrase",
  wwdr: "appleWwdr",
} as const

/** What would make phones or Google refuse us, a sentence each; keys are named and never repeated. */
export function walletFaults(settings: WalletSettings, { at }: { at: Date }): string[] {
  const together: readonly (readonly (keyof typeof WALLET_SETTINGS)[])[] = [APPLE_PARTS, GOOGLE_PARTS]
  const faults = together
    .filter((parts) => new Set(parts.map((part) => Boolean(settings[part]))).size > 1)
    .map((parts) => `${parts.map((part) => WALLET_SETTINGS[part].name).join(" and ")} are set together`)
  const apple = appleOf(settings)
  if (apple) faults.push(...wrongAppleKeys(apple, { at }).map(({ part, says }) => `${WALLET_SETTINGS[PART_SETTING[part]].name} ${says}`))
  try {
    googleOf(settings)
  } catch (error) {
    faults.push(`${WALLET_SETTINGS.googleAccount.name} ${error instanceof Error ? error.message : "cannot be read"}`)
  }
  if ((apple || settings.googleIssuer) && !isReachable(settings.publicUrl))
    faults.push(
      "MILA_PUBLIC_URL begins with https:// where passes are offered: phones and Google ask there (http://localhost for trying out)",
    )
  return faults
}

/** The wallets there are keys of; null where there are none. */
export function walletsOf(settings: WalletSettings): Wallets | null {
  const [apple, google] = [appleOf(settings), googleOf(settings)]
  return apple || google ? { programme: programmeOf(settings), apple, google } : null
}

const isReachable = (url: string | null): boolean => url !== null && (url.startsWith("https:") || new URL(url).hostname === "localhost")

function appleOf(settings: WalletSettings): AppleKeys | null {
  const { applePassType: passType, appleTeam: team, appleCertificate: certificate, appleKey: key, appleWwdr: wwdr } = settings
  if (!passType || !team || !certificate || !key || !wwdr) return null
  const pushing = { pushUrl: settings.applePushUrl ?? HOSTS.applePush, pushAuthority: settings.applePushAuthority }
  return { passType, team, certificate, key, passphrase: settings.applePassphrase, wwdr, ...pushing }
}

function googleOf({ googleIssuer: issuer, googleAccount: account, googleUrl }: WalletSettings): GoogleKeys | null {
  return issuer && account ? { issuer, ...readGoogleAccount(account), url: googleUrl ?? HOSTS.google } : null
}

/** What every pass says of the chain. Its name at Google never changes: passes hang on it. */
function programmeOf({ publicUrl, operatorName, operatorEmail }: WalletSettings): Programme {
  const site = publicUrl ?? ""
  const link = (path: string, ru: string, be: string, en: string) => ({ title: { ru, be, en }, url: site + path })
  return {
    key: "mila",
    name: { ru: "Мила", be: "Міла", en: "Mila" },
    organisation: operatorName,
    description: { ru: "Бонусная карта «Мила»", be: "Бонусная картка «Міла»", en: "Mila bonus card" },
    contact: operatorEmail,
    links: [
      link("/my", "Личный кабинет", "Асабісты кабінет", "Your account"),
      link("/shops", "Адреса магазинов", "Адрасы крам", "Our shops"),
    ],
    colours: { background: "#8c1f45", text: "#ffffff", label: "#f6d5df" },
    site,
    logoUrl: `${site}/wallet/logo.png`,
  }
}
