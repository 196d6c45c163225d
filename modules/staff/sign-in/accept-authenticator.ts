import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { hashPassword } from "@mila/kernel/passwords"
import { refuse } from "../refusals.ts"
import { newSecret, stepNow, stepOfCode, uriFor } from "./authenticator.ts"
import { factorAdded } from "./factors.ts"
import { invitationFor, secretOf, useInvitation } from "./invitations.ts"
import { checkStaffPassword } from "./passwords.ts"

const putAuthenticator = statement<{ id: number }>(
  "staff.put_authenticator",
  `insert into staff.factor (staff_id, kind, name, secret_sealed, last_step, password_hash) values ($1, 'authenticator', $2, $3, $4, $5)
   on conflict (staff_id) where kind = 'authenticator' do update
      set name = excluded.name, secret_sealed = excluded.secret_sealed, last_step = excluded.last_step, password_hash = excluded.password_hash,
          made_at = now(), used_at = null
   returning id`,
)

/** The secret of an authenticator app, and the same as the address a QR code holds; it is the same until the invitation is over. Errors: `invitation_invalid`. */
export async function showAuthenticator(
  tx: Tx,
  { invitation, chain }: { invitation: string; chain: string },
): Promise<{ secret: string; uri: string }> {
  const { invitationId, staffId } = await invitationFor(tx, invitation)
  const secret = await secretOf(tx, { invitationId, fresh: newSecret() })
  return { secret, uri: uriFor({ secret, chain, staffId }) }
}

type Accepting = { invitation: string; deviceName: string; device: string; at: Date }

/**
 * Keeps an authenticator app that has just shown a right code, with the password beside it, in place of the ones there were; uses the invitation up. A wrong code uses nothing up.
 * Errors: `invitation_invalid`, `code_wrong`, `password_too_short`, `password_too_long`, `password_common`, `bank_card_number`.
 */
export async function acceptWithAuthenticator(
  db: Db,
  { invitation, password, code, deviceName, device, at }: Accepting & { password: string; code: string },
): Promise<{ staffId: number; factorId: number }> {
  checkStaffPassword(password)
  const asked = await inTransaction(db, async (tx) => ({ ...(await invitationFor(tx, invitation)), now: await stepNow(tx) }))
  const { staffId, invitationId, secret, now } = asked
  const step = stepOfCode(code, { secret, now, after: 0 }) ?? refuse("code_wrong")
  const hash = await hashPassword(password)
  return inTransaction(db, async (tx) => {
    await useInvitation(tx, { invitationId, staffId, at })
    const row = [staffId, deviceName.slice(0, 100) || "?", tx.secrets.seal("staff.authenticator", secret!), step, hash]
    const factorId = (await putAuthenticator(tx, row))[0]!.id
    await factorAdded(tx, { staffId, factorId, kind: "authenticator", device, at })
    return { staffId, factorId }
  })
}
