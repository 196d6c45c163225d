import type { Tx } from "@mila/kernel"
import { record } from "../audit.ts"
import { createKey, revokeKey } from "../keys.ts"
import type { FactorKind } from "./factors.ts"
import { rememberDevice } from "./limits.ts"

/** Where somebody signs in from: the browser's own token, known here or not, and the network. */
export type Place = { device: string; ip: string; at: Date }

type Entered = { outcome: "signed_in"; staffId: number; key: string; endsAt: Date }
export type SignInOutcome = Entered | { outcome: "failed" } | { outcome: "wait"; seconds: number }

/** Ends the key somebody came with; the next request with it is refused. */
export async function signOut(tx: Tx, { staffId, keyId, at }: { staffId: number; keyId: number; at: Date }): Promise<void> {
  await revokeKey(tx, { staffId, keyId, at })
  await record(tx, { staffId, action: "staff.sign-out", object: `staff:${staffId}`, at, details: { keyId } })
}

type Entering = Place & { staffId: number; factorId: number; by: FactorKind; refused: number }

/** `refused`: how many tries with this number failed on this device, or on strange ones, since the last sign-in. */
export async function enter(tx: Tx, { staffId, factorId, by, refused, device, at }: Entering): Promise<Entered> {
  await rememberDevice(tx, { staffId, device })
  const { key, keyId, endsAt } = await createKey(tx, { staffId, label: by, at })
  await record(tx, { staffId, action: "staff.sign-in", object: `staff:${staffId}`, at, details: { keyId, by, factorId, refused } })
  return { outcome: "signed_in", staffId, key, endsAt }
}

/** Refused tries stand in the trail by their count, at 5, 10, 20, 40: nobody floods it by trying. */
export const isTold = (tries: number): boolean => tries % 5 === 0 && Number.isInteger(Math.log2(tries / 5))

type Refused = { object: string; tries: number; by: FactorKind; at: Date }

export const recordRefused = (tx: Tx, { object, tries, by, at }: Refused): Promise<void> =>
  record(tx, { staffId: null, action: "staff.sign-in-refused", object, at, details: { tries, by } })
