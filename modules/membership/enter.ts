import { bringAlong } from "@mila/favourites"
import { type Db, inTransaction, type Tx } from "@mila/kernel"
import {
  beginHere,
  checkPassword,
  type CodePurpose,
  memberByPhone,
  passkeysOf,
  provenAddress,
  type SessionKind,
  setPassword,
  type SignedIn,
} from "@mila/members"
import { ownerFactNeeded } from "./owner.ts"
import { endKeysGiven } from "./own-passes.ts"
import { tellMemberEverywhere } from "./tell.ts"

/** Where somebody signs in: `device` is the token it is known by, `deviceName` what the person knows it by. */
export type Place = { device: string; deviceName: string; kind: SessionKind }

/** Begins a session at a place for somebody who has proven who they are. A place they were never in before is told of. */
export async function enter(tx: Tx, { memberId, at, ...place }: Place & { memberId: number; at: Date }): Promise<SignedIn> {
  const signedIn = await beginHere(tx, { memberId, ...place, at })
  await arrive(tx, { ...signedIn, ...place, at })
  return signedIn
}

/** The first session of somebody who has just joined: it begins where they did, and no new place is told of. */
export async function enterFirst(tx: Tx, { memberId, at, ...place }: Place & { memberId: number; at: Date }): Promise<SignedIn> {
  const signedIn = await beginHere(tx, { memberId, ...place, at })
  await bringAlong(tx, { device: place.device, memberId })
  return signedIn
}

/** What was liked at a place before is the person's now; a sign-in from a place that is new to them is no secret. */
export async function arrive(
  tx: Tx,
  { memberId, newDevice, device, deviceName, at }: Pick<SignedIn, "memberId" | "newDevice"> & Omit<Place, "kind"> & { at: Date },
): Promise<void> {
  await bringAlong(tx, { device, memberId })
  if (newDevice) await tellMemberEverywhere(tx, { memberId, template: "new_device", params: { device: deviceName }, at })
}

/**
 * Signs in whose phone a flow proved, and uses the proof up. Undefined when nobody has a card under it: they may still join by the same flow; or when
 * nothing was proven. `asleep`: the account slept for long, and its owner is asked for more than the phone; the proof stays.
 */
export async function enterProven(
  tx: Tx,
  { flow, purpose, dormantMonths, ...here }: Place & { flow: string; purpose: CodePurpose; dormantMonths: number; at: Date },
): Promise<SignedIn | "asleep" | undefined> {
  const phone = await provenAddress(tx, { flow, purpose, spend: false, at: here.at })
  const member = phone === undefined ? undefined : await memberByPhone(tx, phone)
  if (member?.state !== "active") return undefined
  if (await ownerFactNeeded(tx, { memberId: member.memberId, device: here.device, dormantMonths, at: here.at })) return "asleep"
  const spent = await provenAddress(tx, { flow, purpose, spend: true, at: here.at })
  return spent === undefined ? undefined : enter(tx, { memberId: member.memberId, ...here })
}

/**
 * A forgotten password: whose phone the flow proved gets a new one and is signed in; every other session ends, passkeys fall asleep, and they are told.
 * Refuses what setPassword does.
 */
export async function recoverPassword(
  db: Db,
  { flow, password, dormantMonths, ...here }: Place & { flow: string; password: string; dormantMonths: number; at: Date },
): Promise<
  ({ outcome: "signed_in"; passkeysAsleep: boolean } & SignedIn) | { outcome: "not_proven" } | { outcome: "nobody" } | { outcome: "asleep" }
> {
  const { at } = here
  const proof = { flow, purpose: "recover", at } as const
  const phone = await inTransaction(db, (tx) => provenAddress(tx, { ...proof, spend: false }))
  if (phone === undefined) return { outcome: "not_proven" }
  checkPassword(password, { phone })
  const member = await inTransaction(db, (tx) => memberByPhone(tx, phone))
  if (member?.state !== "active") return { outcome: "nobody" }
  const { memberId } = member
  const asked = { memberId, device: here.device, dormantMonths, at }
  if (await inTransaction(db, (tx) => ownerFactNeeded(tx, asked))) return { outcome: "asleep" }
  await setPassword(db, { memberId, password, keep: null, at }, async (tx) => {
    await endKeysGiven(tx, { memberId, at })
    await tellMemberEverywhere(tx, { memberId, template: "password_changed", params: {}, at })
  })
  return inTransaction(db, async (tx) => {
    if ((await provenAddress(tx, { ...proof, spend: true })) !== phone) return { outcome: "not_proven" }
    const passkeysAsleep = (await passkeysOf(tx, memberId)).some(({ state }) => state === "asleep")
    return { outcome: "signed_in", passkeysAsleep, ...(await enter(tx, { memberId, ...here })) }
  })
}
