import { statement, type Tx } from "@mila/kernel"
import { forgetAnswersOf } from "../kept-answers.ts"
import { dropNewNumber } from "../new-number.ts"
import { removePasskeysOf } from "../passkeys/passkeys.ts"
import { forgetDevicesOf } from "./known-devices.ts"

const forgetPassword = statement("members.forget_password", "delete from members.password where member_id = $1")
const forgetSessions = statement("members.forget_sessions_of", "delete from members.session where member_id = $1")

/** Nobody signs in as this member any more, and no other number is waited for: they left, or became somebody else. */
export async function endSignIns(tx: Tx, memberId: number): Promise<void> {
  await forgetPassword(tx, [memberId])
  await forgetSessions(tx, [memberId])
  await forgetAnswersOf(tx, memberId)
  await removePasskeysOf(tx, memberId)
  await forgetDevicesOf(tx, memberId)
  await dropNewNumber(tx, { memberId })
}
