import { toBase32, type Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import { randomBytes } from "node:crypto"
import { lockCard, refuseEnded } from "./card-change.ts"
import { recordEvents } from "./history.ts"
import { guardText } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { revokeDevices } from "./revoke.ts"
import type { CodeAlgorithm } from "./rotating-code.ts"
import { cards } from "./tables.ts"

/** `deviceId` is never given twice, `deviceNo` (1 to 5, part of the code) is. `sessionId` is the sign-in it was enrolled in, whose end ends it too; null where there was none. */
export type Device = { deviceId: number; deviceNo: number; name: string; enrolledAt: Date; sessionId: number | null }

const MOST_DEVICES = 5
const SECRET_BYTES = { sha256: 32, sha1: 20 } // RFC 6238, 5.1: as long as what the hash gives
const LONGEST_NAME = 60

/**
 * Lets a phone show the card's rotating code. The secret (base32) is answered here and never again; each call enrols another phone. That the phone is the
 * member's is the door's business. `algorithm` is the hash of RFC 6238 its codes are made with: sha256 for phones of ours, sha1 for Google Wallet, which
 * knows no other.
 * Errors: `bank_card_number` (in the name), `card_unknown`, `card_replaced`, `card_removed`, `card_blocked`, `card_not_attached`, `card_kind_unfit`
 * (a partner card), `too_many_devices` (five).
 */
export async function enrolDevice(
  tx: Tx,
  {
    cardId,
    deviceName,
    sessionId = null,
    algorithm = "sha256",
    at,
    by,
  }: { cardId: number; deviceName: string; sessionId?: number | null; algorithm?: CodeAlgorithm; at: Date; by: Actor },
): Promise<{ deviceId: number; deviceNo: number; secret: string }> {
  guardText(deviceName)
  const card = await lockCard(tx, cardId)
  refuseEnded(card)
  if (card.kind === "partner") refuse("card_kind_unfit")
  if (card.state === "blocked") refuse("card_blocked")
  if (card.member_id === null) refuse("card_not_attached")
  const taken = new Set((await devicesOf(tx, cardId)).map(({ deviceNo }) => deviceNo))
  if (taken.size >= MOST_DEVICES) refuse("too_many_devices", { most: MOST_DEVICES })

  // Every reason to refuse is behind us; the card's lock keeps the number free.
  const deviceNo = Array.from({ length: MOST_DEVICES }, (_, place) => place + 1).find((no) => !taken.has(no))!
  const secret = toBase32(randomBytes(SECRET_BYTES[algorithm]))
  const { id: deviceId } = await cards(tx)
    .insertInto("device")
    .values({
      card_id: cardId,
      device_no: deviceNo,
      name_sealed: tx.secrets.seal("cards.device_name", deviceName.trim().slice(0, LONGEST_NAME)),
      secret_sealed: tx.secrets.seal("cards.device_secret", secret),
      algorithm,
      enrolled_at: at,
      session_id: sessionId,
      enrolled_by: by,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await recordEvents(tx, [
    { cardId, what: "device_enrolled", from: card.state, to: card.state, memberId: card.member_id, at, by, details: { deviceNo } },
  ])
  return { deviceId, deviceNo, secret }
}

/** The phones that can show the card's code now. */
export async function devicesOf(tx: Tx, cardId: number): Promise<Device[]> {
  const rows = await cards(tx)
    .selectFrom("device")
    .select(["id", "device_no", "name_sealed", "enrolled_at", "session_id"])
    .where("card_id", "=", cardId)
    .where("revoked_at", "is", null)
    .orderBy("device_no")
    .execute()
  return rows.map(({ id, device_no, name_sealed, enrolled_at, session_id }) => ({
    deviceId: id,
    deviceNo: device_no,
    name: tx.secrets.open("cards.device_name", name_sealed),
    enrolledAt: enrolled_at,
    sessionId: session_id,
  }))
}

/** A lost or sold phone shows no more valid codes, from the commit on. Errors: `card_unknown`, `device_unknown` (also when revoked before). */
export async function revokeDevice(
  tx: Tx,
  { cardId, deviceNo, at, by, reason = null }: { cardId: number; deviceNo: number; at: Date; by: Actor; reason?: string | null },
): Promise<void> {
  if (reason !== null) guardText(reason)
  const card = await lockCard(tx, cardId)
  if ((await revokeDevices(tx, { cardId, deviceNo, at })) === 0) refuse("device_unknown")
  await recordEvents(tx, [
    { cardId, what: "device_revoked", from: card.state, to: card.state, memberId: card.member_id, at, by, reason, details: { deviceNo } },
  ])
}
