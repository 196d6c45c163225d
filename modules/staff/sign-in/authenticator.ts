import { codeOfStep, fromBase32, STEP_SECONDS, statement, toBase32, type Tx } from "@mila/kernel"
import { randomBytes, timingSafeEqual } from "node:crypto"

// An authenticator app (RFC 6238 as every app knows it: HMAC-SHA-1, six digits, steps of thirty seconds). The time is the database's: a simulated clock is no phone's.

const WINDOW_STEPS = 1

const step = statement<{ step: number }>("staff.step", `select floor(extract(epoch from clock_timestamp()) / ${STEP_SECONDS})::int step`)

/** The step it is, by the database's clock. */
export const stepNow = async (tx: Tx): Promise<number> => (await step(tx, []))[0]!.step

/** 160 random bits, as RFC 4226 recommends, in the letters apps read. */
export const newSecret = (): string => toBase32(randomBytes(20))

/** The six digits an app with this secret shows in a step. */
export const codeAt = (secret: string, at: number): string => codeOfStep(fromBase32(secret), at, { algorithm: "sha1", digits: 6 })

/**
 * The step whose code this is, of the present one and its neighbours, later than `after`: a code is good once, and so is every earlier one. Undefined when it is none. Without a
 * secret it takes as long and is never one.
 */
export function stepOfCode(
  code: string,
  { secret, now, after }: { secret: string | null; now: number; after: number },
): number | undefined {
  const typed = Buffer.from(code.replace(/\s/g, "").padEnd(6).slice(0, 6))
  let found: number | undefined
  for (let at = now - WINDOW_STEPS; at <= now + WINDOW_STEPS; at += 1) {
    const shown = Buffer.from(codeAt(secret ?? NOBODYS, at))
    if (typed.length === shown.length && timingSafeEqual(typed, shown) && at > after) found = at
  }
  return secret === null ? undefined : found
}

const NOBODYS = "A".repeat(32)

/** What an app reads out of the QR code (Key URI Format): who gives it and whose it is, by number. */
export function uriFor({ secret, chain, staffId }: { secret: string; chain: string; staffId: number }): string {
  const label = `${encodeURIComponent(chain)}:${staffId}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(chain)}&algorithm=SHA1&digits=6&period=${STEP_SECONDS}`
}
