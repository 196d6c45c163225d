import { assert, fromBase32, statement, stepAt, type Tx } from "@mila/kernel"
import { timingSafeEqual } from "node:crypto"
import { type IdentifiedCard, identifyCards } from "./identify.ts"
import { numberHash } from "./numbers.ts"
import { type CodeAlgorithm, codeOfDevice, parseRotatingCode } from "./rotating-code.ts"

export type CodeRules = {
  /** steps of 30 s a phone's clock may be off, each way */
  windowSteps: number
  /** so many wrong codes of a device within `wrongWithinMinutes` lock it for `lockMinutes` */
  mostWrong: number
  wrongWithinMinutes: number
  lockMinutes: number
  /** how old an offline till's code may be; used codes are remembered longer than this */
  mostLateDays: number
  /** how far ahead of ours an offline till's clock may be */
  mostEarlyMinutes: number
}

export const CODE_RULES: CodeRules = {
  windowSteps: 1,
  mostWrong: 5,
  wrongWithinMinutes: 15,
  lockMinutes: 15,
  mostLateDays: 14,
  mostEarlyMinutes: 10,
}

export type CodeOutcome =
  | { status: "valid"; card: IdentifiedCard; deviceNo: number }
  | { status: "rotating_code_invalid" | "rotating_code_used" }
  | { status: "rotating_code_locked"; until: Date }

type DeviceRow = {
  id: number
  secret_sealed: Buffer
  algorithm: CodeAlgorithm
  wrong_codes: number
  wrong_since: Date | null
  locked_until: Date | null
}

const lockDevice = statement<DeviceRow>(
  "cards.lock_device",
  `select device.id, device.secret_sealed, device.algorithm, device.wrong_codes, device.wrong_since, device.locked_until
     from cards.device join cards.card on card.id = device.card_id
    where card.number_hash = $1 and device.device_no = $2 and device.revoked_at is null and card.state = 'active'
      for update of device`,
)
// the phone that had the number then; it may have been revoked since, and the number given to another
const lockDeviceOfThen = statement<DeviceRow>(
  "cards.lock_device_of_then",
  `select device.id, device.secret_sealed, device.algorithm, device.wrong_codes, device.wrong_since, device.locked_until
     from cards.device join cards.card on card.id = device.card_id
    where card.number_hash = $1 and device.device_no = $2 and (device.revoked_at is null or device.revoked_at > $3) and device.secret_sealed is not null
    order by device.id limit 1
      for update of device`,
)
const burn = statement<{ step: number }>(
  "cards.burn_step",
  "insert into cards.used_step (device_id, step, used_at) values ($1, $2, $3) on conflict do nothing returning step",
)
const forgive = statement<never>(
  "cards.forgive_device",
  "update cards.device set wrong_codes = 0, wrong_since = null, locked_until = null where id = $1 and wrong_codes > 0",
)
const countWrong = statement<{ locked_until: Date | null }>(
  "cards.count_wrong",
  "update cards.device set wrong_codes = $2, wrong_since = $3, locked_until = $4 where id = $1 returning locked_until",
)

/**
 * Checks a rotating code (RFC 6238, with the hash its device was enrolled with) and burns it: presence is proven once. **It answers and does not throw,
 * and a caller lets its transaction commit also after a bad code**: only so do wrong tries count. Whoever checks codes at once waits for the device's row,
 * so neither a use nor a try is lost in a crowd.
 *
 * The code is judged at `at`; an offline till's entry by `lateness.occurredAt`, its own business time, up to `mostLateDays` back, and with
 * `lateness.windowSteps` of tolerance for the till's clock. What was blocked or revoked only afterwards was good then: the card's `state` and `blockedAt`
 * say so, and the caller decides. Unknown cards and devices, blocked cards and wrong codes all answer `rotating_code_invalid`.
 */
export async function verifyRotatingCode(
  tx: Tx,
  {
    code: text,
    at,
    lateness,
    rules = CODE_RULES,
  }: { code: string; at: Date; lateness?: { occurredAt: Date; windowSteps?: number }; rules?: CodeRules },
): Promise<CodeOutcome> {
  const parsed = parseRotatingCode(text)
  const judgedAt = lateness?.occurredAt ?? at
  const lateMs = at.getTime() - judgedAt.getTime()
  if (!parsed || lateMs > rules.mostLateDays * 86_400_000 || lateMs < -rules.mostEarlyMinutes * 60_000)
    return { status: "rotating_code_invalid" }
  const which = [numberHash(tx, parsed.number), parsed.deviceNo]
  const [device] = lateness ? await lockDeviceOfThen(tx, [...which, judgedAt]) : await lockDevice(tx, which)
  if (!device) return { status: "rotating_code_invalid" }
  if (device.locked_until && device.locked_until > at) return { status: "rotating_code_locked", until: device.locked_until }

  const secret = fromBase32(tx.secrets.open("cards.device_secret", device.secret_sealed))
  const step = matchingStep(secret, {
    ...{ code: parsed.code, algorithm: device.algorithm },
    ...{ around: stepAt(judgedAt), window: lateness?.windowSteps ?? rules.windowSteps },
  })
  if (step === undefined) return wrongTry(tx, device, { at, rules })
  if ((await burn(tx, [device.id, step, at])).length === 0) return { status: "rotating_code_used" }
  await forgive(tx, [device.id])
  const card = (await identifyCards(tx, [parsed.number])).get(parsed.number)
  assert(card, "a card with a device has a number")
  return { status: "valid", card, deviceNo: parsed.deviceNo }
}

/** Every step of the window is compared, in constant time each, so that the answer's speed says nothing. */
function matchingStep(
  secret: Buffer,
  { code, algorithm, around, window }: { code: string; algorithm: CodeAlgorithm; around: number; window: number },
): number | undefined {
  const given = Buffer.from(code, "ascii")
  let found: number | undefined
  for (let step = around - window; step <= around + window; step += 1) {
    if (timingSafeEqual(Buffer.from(codeOfDevice(secret, step, algorithm), "ascii"), given)) found = step
  }
  return found
}

/** Counted under the device's lock: a crowd of guesses is a queue. */
async function wrongTry(tx: Tx, device: DeviceRow, { at, rules }: { at: Date; rules: CodeRules }): Promise<CodeOutcome> {
  const since =
    device.wrong_since && at.getTime() - device.wrong_since.getTime() < rules.wrongWithinMinutes * 60_000 ? device.wrong_since : null
  const wrong = (since ? device.wrong_codes : 0) + 1
  const lockedUntil = wrong >= rules.mostWrong ? new Date(at.getTime() + rules.lockMinutes * 60_000) : null
  await countWrong(tx, [device.id, lockedUntil ? 0 : wrong, lockedUntil ? null : (since ?? at), lockedUntil])
  return { status: "rotating_code_invalid" }
}
