import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"

const insert = statement(
  "members.insert_device",
  `insert into members.known_device (token_hash, member_id, first_at, last_at) values ($1, $2, $3, $3)
   on conflict (token_hash, member_id) do update set last_at = excluded.last_at`,
)
const find = statement<{ member_id: number }>(
  "members.known_device",
  "select member_id from members.known_device where token_hash = $1 and member_id = $2",
)
const forget = statement<{ member_id: number }>(
  "members.forget_devices",
  "delete from members.known_device where last_at < $1 returning member_id",
)
const forgetOf = statement("members.forget_devices_of", "delete from members.known_device where member_id = $1")

/** A token for a device that has none; it says nothing about anybody. */
export const newDeviceToken = (): string => randomBytes(24).toString("base64url")

/** Whether this member signed in on this device before. */
export async function isKnownDevice(tx: Tx, { device, memberId }: { device: string; memberId: number }): Promise<boolean> {
  return (await find(tx, [deviceHash(tx, device), memberId])).length > 0
}

/** The member signed in here. */
export async function rememberDevice(tx: Tx, { device, memberId, at }: { device: string; memberId: number; at: Date }): Promise<void> {
  await insert(tx, [deviceHash(tx, device), memberId, at])
}

/** Devices of a member are strangers again: the phone changed hands, or a password was recovered. */
export async function forgetDevicesOf(tx: Tx, memberId: number): Promise<void> {
  await forgetOf(tx, [memberId])
}

/** Forgets devices not seen since `before`. Answers how many. */
export async function forgetDevices(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const deviceHash = (tx: Tx, device: string): Buffer => tx.secrets.hmac("members.device", device)
