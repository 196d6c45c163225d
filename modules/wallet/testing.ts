import { day, points } from "@mila/kernel"
import forge from "node-forge"
import { generateKeyPairSync } from "node:crypto"
import type { AppleKeys } from "./apple-keys.ts"
import type { GoogleKeys } from "./google-keys.ts"
import type { Pass, Programme } from "./pass.ts"

/** A programme with everything a pass can say; its name has what a text file of Apple's must have escaped. */
export function aProgramme(changed: Partial<Programme> = {}): Programme {
  return {
    key: "programme",
    name: { ru: 'Клуб "Мила"', be: 'Клуб "Міла"', en: 'The "Mila" club' },
    organisation: "ООО «Пример»",
    description: { ru: "Карта участника клуба", be: "Карта ўдзельніка клуба", en: "Club member's card" },
    contact: "+375 17 200-00-00",
    links: [{ title: { ru: "Правила", be: "Правілы", en: "Rules" }, url: "https://mila.example/rules" }],
    colours: { background: "#1b5e20", text: "#ffffff", label: "#c8e6c9" },
    site: "https://mila.example",
    logoUrl: "https://mila.example/logo.png",
    ...changed,
  }
}

/** A member's pass with points of which some end. */
export function aPass(changed: Partial<Pass> = {}): Pass {
  return {
    ...{ serial: "p-7f3a", number: "2912345678900", firstName: "Анна", isActive: true, balance: points(1234) },
    expiring: { points: points(150), lastDay: day("2026-12-31") },
    programme: aProgramme(),
    ...changed,
  }
}

/** Throw-away keys as Apple gives them: a certificate of the pass type, signed by an intermediate of our own making. */
export function someAppleKeys({ passphrase = null }: { passphrase?: string | null } = {}): AppleKeys {
  const [passType, team] = ["pass.example.card", "ABCDE12345"]
  const [authority, ours] = [rsaKeys(), rsaKeys()]
  const wwdr = certificate({
    subject: { CN: "Throw-away WWDR" },
    of: authority,
    by: authority,
    issuer: { CN: "Throw-away WWDR" },
    isAuthority: true,
  })
  const subject = { UID: passType, CN: `Pass Type ID: ${passType}`, OU: team, O: "Example", C: "BY" }
  return {
    ...{ passType, team, passphrase, wwdr, pushUrl: "https://127.0.0.1:1", pushAuthority: null },
    certificate: certificate({ subject, of: ours, by: authority, issuer: { CN: "Throw-away WWDR" }, isAuthority: false }),
    key: ours.privateKey.export({
      ...{ type: "pkcs8", format: "pem" },
      ...(passphrase === null ? {} : { cipher: "aes-256-cbc", passphrase }),
    }) as string,
  }
}

/** Throw-away keys of a server on this machine: the certificate vouches for itself. */
export function someServerKeys(): { key: string; certificate: string } {
  const own = rsaKeys()
  const name = { CN: "127.0.0.1" }
  return {
    certificate: certificate({ subject: name, of: own, by: own, issuer: name, isAuthority: true }),
    key: own.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  }
}

/** A throw-away service account, and the half of its key Google keeps. */
export function someGoogleKeys(): { keys: Omit<GoogleKeys, "url" | "tokenUrl">; publicKey: string } {
  const { privateKey, publicKey } = rsaKeys()
  const key = privateKey.export({ type: "pkcs8", format: "pem" }) as string
  return {
    keys: { issuer: "3388000000022000000", email: "wallet@example.iam.gserviceaccount.com", keyId: "4f2a", key },
    publicKey: publicKey.export({ type: "spki", format: "pem" }) as string,
  }
}

type Keys = ReturnType<typeof rsaKeys>
type Name = Readonly<Record<string, string>>

const rsaKeys = () => generateKeyPairSync("rsa", { modulusLength: 2048 })
const ID_OF = { UID: "0.9.2342.19200300.100.1.1", CN: "2.5.4.3", OU: "2.5.4.11", O: "2.5.4.10", C: "2.5.4.6" }

function certificate({
  subject,
  of,
  by,
  issuer,
  isAuthority,
}: {
  subject: Name
  of: Keys
  by: Keys
  issuer: Name
  isAuthority: boolean
}): string {
  const made = forge.pki.createCertificate()
  made.publicKey = forge.pki.publicKeyFromPem(of.publicKey.export({ type: "spki", format: "pem" }) as string)
  made.serialNumber = isAuthority ? "01" : "02"
  made.validity.notBefore = new Date("2020-01-01T00:00:00Z")
  made.validity.notAfter = new Date("2045-01-01T00:00:00Z")
  made.setSubject(attributesOf(subject))
  made.setIssuer(attributesOf(issuer))
  made.setExtensions([
    { name: "basicConstraints", cA: isAuthority },
    ...(subject["CN"] === "127.0.0.1" ? [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }] : []),
  ])
  made.sign(forge.pki.privateKeyFromPem(by.privateKey.export({ type: "pkcs8", format: "pem" }) as string), forge.md.sha256.create())
  return forge.pki.certificateToPem(made)
}

const attributesOf = (name: Name) =>
  Object.entries(name).map(([short, value]) => ({ type: ID_OF[short as keyof typeof ID_OF], value: forge.util.encodeUtf8(value) }))
