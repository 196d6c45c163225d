import type { Tx } from "@mila/kernel"
import { timingSafeEqual } from "node:crypto"
import { type ApplePassToSign, applePassToSign, tokenOf } from "./own-apple.ts"
import { type PassRow, wallet } from "./tables.ts"
import type { Wallets } from "./wallets.ts"

// What iPhones ask of us (Apple, Wallet Passes: Adding a Web Service to Update Passes). A phone that shows the pass's own secret may ask for that pass.

/** A pass as a phone names it, and the secret it shows. */
export type AskedPass = { passType: string; serial: string; token: string }

const MOST_PHONES = 20 // of a pass; an iPhone has been seen to register hundreds of times under ever new names

/**
 * A phone wants to hear of a pass's changes at `pushToken`. Repeating it is harmless; a new push token takes the place of the one before.
 * Answers `unknown` for a wrong secret as for a pass there is not.
 */
export async function registerPhone(
  tx: Tx,
  { deviceId, pushToken, at, ...asked }: AskedPass & { deviceId: string; pushToken: string; at: Date },
  wallets: Wallets,
): Promise<"registered" | "known" | "unknown"> {
  const row = await askedFor(tx, asked, wallets)
  if (!row) return "unknown"
  const device_hash = deviceHash(tx, deviceId)
  const registrations = wallet(tx).selectFrom("registration").select("device_hash").where("pass_id", "=", row.id)
  const there = await registrations.orderBy("registered_at", "desc").execute()
  const push_token_sealed = tx.secrets.seal("wallet.push_token", pushToken)
  await wallet(tx)
    .insertInto("registration")
    .values({ pass_id: row.id, device_hash, push_token_sealed, registered_at: at })
    .onConflict((conflict) => conflict.columns(["pass_id", "device_hash"]).doUpdateSet({ push_token_sealed }))
    .execute()
  if (there.some((known) => known.device_hash.equals(device_hash))) return "known"
  const tooMany = there.slice(MOST_PHONES - 1).map((known) => known.device_hash)
  if (tooMany.length > 0)
    await wallet(tx).deleteFrom("registration").where("pass_id", "=", row.id).where("device_hash", "in", tooMany).execute()
  return "registered"
}

/** A phone wants to hear of a pass no more: it was deleted there, or its updates were switched off. Harmless twice. */
export async function unregisterPhone(
  tx: Tx,
  { deviceId, ...asked }: AskedPass & { deviceId: string },
  wallets: Wallets,
): Promise<"unregistered" | "unknown"> {
  const row = await askedFor(tx, asked, wallets)
  if (!row) return "unknown"
  await wallet(tx).deleteFrom("registration").where("pass_id", "=", row.id).where("device_hash", "=", deviceHash(tx, deviceId)).execute()
  return "unregistered"
}

/**
 * The names of a phone's passes that have changed after `since` (what an answer before said; null: all), and what to ask with next time. Nothing new: null.
 * A phone shows no secret here, so it learns names alone.
 */
export async function changedPasses(
  tx: Tx,
  { deviceId, passType, since }: { deviceId: string; passType: string; since: string | null },
  { apple }: Wallets,
): Promise<{ serials: string[]; upto: string } | null> {
  if (passType !== apple?.passType) return null
  const rows = await wallet(tx)
    .selectFrom("pass")
    .innerJoin("registration", "registration.pass_id", "pass.id")
    .select(["pass.serial", "pass.changed_at"])
    .where("registration.device_hash", "=", deviceHash(tx, deviceId))
    .execute()
  const after = since !== null && /^\d{1,12}$/.test(since) ? Number(since) : -1
  const secondOf = ({ changed_at }: { changed_at: Date | null }) => Math.floor((changed_at?.getTime() ?? 0) / 1000)
  const changed = rows.filter((row) => secondOf(row) > after)
  if (changed.length === 0) return null
  return { serials: changed.map(({ serial }) => serial), upto: String(Math.max(...changed.map(secondOf))) }
}

/** A pass as it is now, to be signed; `unchanged` when it says what it said at `unlessSince` (in whole seconds), `unknown` as above. */
export async function latestPass(
  tx: Tx,
  { unlessSince, at, ...asked }: AskedPass & { unlessSince: Date | null; at: Date },
  wallets: Wallets,
): Promise<"unknown" | "unchanged" | { pass: ApplePassToSign; changedAt: Date }> {
  const row = await askedFor(tx, asked, wallets)
  if (!row) return "unknown"
  const { pass, row: said } = await applePassToSign(tx, row, { wallets, at })
  const changedAt = said.changed_at!
  return unlessSince !== null && changedAt <= unlessSince ? "unchanged" : { pass, changedAt }
}

async function askedFor(tx: Tx, { passType, serial, token }: AskedPass, { apple }: Wallets): Promise<PassRow | undefined> {
  const [given, ours] = [Buffer.from(token), Buffer.from(tokenOf(tx, serial))]
  if (passType !== apple?.passType || given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined
  return wallet(tx).selectFrom("pass").selectAll().where("serial", "=", serial).where("kind", "=", "apple").forUpdate().executeTakeFirst()
}

const deviceHash = (tx: Tx, deviceId: string): Buffer => tx.secrets.hmac("wallet.device", deviceId)
