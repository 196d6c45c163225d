import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto"
import type { AppleKeys } from "./apple-keys.ts"

/** A part of the keys and what is wrong with it, to be read by whoever set them; it never repeats them. */
export type WrongKeys = { part: "passType" | "team" | "certificate" | "key" | "passphrase" | "wwdr"; says: string }

/** Everything that would make phones refuse our passes: keys that do not belong together, or are out of their time at `at`. Nothing wrong: an empty list. */
export function wrongAppleKeys(keys: AppleKeys, { at }: { at: Date }): WrongKeys[] {
  const [ours, wwdr, key] = [certificateOf(keys.certificate), certificateOf(keys.wwdr), keyOf(keys)]
  const wrong: WrongKeys[] = []
  const is = (isWrong: boolean, part: WrongKeys["part"], says: string) => void (isWrong && wrong.push({ part, says }))
  is(!ours, "certificate", "is no certificate in PEM")
  is(!wwdr, "wwdr", "is no certificate in PEM")
  is(key === "wrong passphrase", "passphrase", "does not open the key")
  is(key === "no key", "key", "is no RSA key in PEM")
  if (!ours) return wrong
  const subject = ours.subject.split("\n")
  is(!subject.includes(`UID=${keys.passType}`), "passType", "is not the one in the certificate")
  is(!subject.includes(`OU=${keys.team}`), "team", "is not the one in the certificate")
  is(typeof key !== "string" && !ours.checkPrivateKey(key), "key", "is not the key of the certificate")
  is(isOver(ours, at), "certificate", "has come to its end, or has not begun; a new one is made at developer.apple.com")
  if (!wwdr) return wrong
  is(
    !(ours.checkIssued(wwdr) && ours.verify(wwdr.publicKey)),
    "wwdr",
    "has not signed the certificate; Apple has several, by generation (G4)",
  )
  is(isOver(wwdr, at), "wwdr", "has come to its end, or has not begun; Apple offers the next")
  return wrong
}

const isOver = ({ validFromDate, validToDate }: X509Certificate, at: Date): boolean => at < validFromDate || at > validToDate

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function keyOf({ key, passphrase }: AppleKeys): KeyObject | "no key" | "wrong passphrase" {
  try {
    const read = createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) })
    return read.asymmetricKeyType === "rsa" ? read : "no key"
  } catch {
    return key.includes("ENCRYPTED") ? "wrong passphrase" : "no key"
  }
}
