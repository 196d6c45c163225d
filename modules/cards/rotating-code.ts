import { assert, codeOfStep, fromBase32, stepAt } from "@mila/kernel"
import { isCardNumber } from "./ean13.ts"

const CODE_DIGITS = 8

/** The hash behind a device's codes: SHA-256 in phones of ours; Google Wallet knows SHA-1 only. RFC 6238 has both. */
export type CodeAlgorithm = "sha256" | "sha1"

export type RotatingCode = { number: string; deviceNo: number; code: string }

/**
 * What the phone shows as a barcode, without a network: the card's 13 digits, the device's 2, and the 8 digits of RFC 6238 (30 s steps from
 * 1970; HMAC-SHA-256, or the algorithm the device was enrolled with). `secret` is the base32 text of enrolment.
 */
export function rotatingCode({
  number,
  deviceNo,
  secret,
  at,
  algorithm = "sha256",
}: {
  number: string
  deviceNo: number
  secret: string
  at: Date
  algorithm?: CodeAlgorithm
}): string {
  assert(isCardNumber(number) && deviceNo >= 1 && deviceNo <= 99, "a code is for a card and a device")
  return number + String(deviceNo).padStart(2, "0") + codeOfDevice(fromBase32(secret), stepAt(at), algorithm)
}

/** The parts of a scanned code; undefined when it is none (23 digits, the card's own check digit right). */
export function parseRotatingCode(text: string): RotatingCode | undefined {
  if (text.length > 60) return undefined
  const [, number, device, code] = /^(\d{13})(\d{2})(\d{8})$/.exec(text.normalize("NFKC").replace(/\s/g, "")) ?? []
  if (number === undefined || device === undefined || code === undefined || !isCardNumber(number) || device === "00") return undefined
  return { number, deviceNo: Number(device), code }
}

/** The eight digits a device of this algorithm shows in one step. */
export const codeOfDevice = (secret: Buffer, step: number, algorithm: CodeAlgorithm): string =>
  codeOfStep(secret, step, { algorithm, digits: CODE_DIGITS })
