import { type Db, inTransaction, type Tx } from "@mila/kernel"
import { hashPassword, passwordFits } from "@mila/kernel/passwords"
import { restSpending } from "../change-person.ts"
import { recordEvent } from "../history.ts"
import { personOf } from "../person.ts"
import { sleepPasskeys } from "../passkeys/passkeys.ts"
import { forgetDevicesOf } from "./known-devices.ts"
import { checkPassword, earlierPasswordsOf, keepPassword } from "./passwords.ts"
import { refuse } from "./refusals.ts"
import { endSessions } from "./sessions.ts"

/**
 * Gives a member a new password and ends every other session; devices are strangers again, so that whoever knew the old one is told of. `keep` is the
 * session that asked, null after a recovery. Unless it is their first one, spending rests for a day and passkeys fall asleep, the one of `keep` aside;
 * after a recovery all of them do: who had been in this account may have left one. Hashing stands between two transactions. `told` runs with the change: notices to the person.
 * Refuses `password_too_short`, `password_too_long`, `password_common`, `password_used_before`.
 */
export async function setPassword(
  db: Db,
  { memberId, password, keep, at }: { memberId: number; password: string; keep: number | null; at: Date },
  told: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const { phone, earlier } = await inTransaction(db, async (tx) => ({
    phone: (await personOf(tx, memberId))?.phone ?? "",
    earlier: await earlierPasswordsOf(tx, memberId),
  }))
  checkPassword(password, { phone })
  for (const hash of earlier) if (await passwordFits(password, hash)) refuse("password_used_before")
  const hash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    await keepPassword(tx, { memberId, hash, at })
    await endSessions(tx, { memberId, except: keep, at })
    await forgetDevicesOf(tx, memberId)
    if (earlier.length > 0) await restSpending(tx, { memberId, at })
    if (earlier.length > 0 || keep === null) await sleepPasskeys(tx, { memberId, keep, at })
    await recordEvent(tx, { memberId, what: "password_changed", at, by: `member:${memberId}` })
    await told(tx)
  })
}
