import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { record } from "../audit.ts"
import { refuse } from "../refusals.ts"

type Invitation = { invitationId: number; staffId: number; name: string; endsAt: Date; secret: string | null }

type Row = Omit<Invitation, "secret"> & { secret_sealed: Buffer | null }

const lockPerson = statement<{ state: string }>("staff.lock_person", "select state from staff.person where id = $1 for update")
const withdraw = statement(
  "staff.withdraw_invitations",
  "update staff.invitation set withdrawn_at = now() where staff_id = $1 and used_at is null and withdrawn_at is null",
)
const insert = statement<{ id: number; ends_at: Date }>(
  "staff.insert_invitation",
  "insert into staff.invitation (staff_id, hash, made_by) values ($1, $2, $3) returning id, ends_at",
)
const OPEN = "used_at is null and withdrawn_at is null and ends_at > now()"
const open = statement<Row>(
  "staff.open_invitation",
  `select invitation.id "invitationId", staff_id "staffId", name, ends_at "endsAt", secret_sealed
     from staff.invitation join staff.person on person.id = staff_id where hash = $1 and state = 'active' and ${OPEN}`,
)
const use = statement<{ id: number }>(
  "staff.use_invitation",
  `update staff.invitation set used_at = now(), secret_sealed = null where id = $1 and ${OPEN} returning id`,
)
// of two who ask at once the first gives the secret, and both are shown it
const keepSecret = statement<{ secret_sealed: Buffer }>(
  "staff.keep_invitation_secret",
  `update staff.invitation set secret_sealed = coalesce(secret_sealed, $2) where id = $1 and ${OPEN} returning secret_sealed`,
)

/**
 * Invites somebody who works here to set up a second factor: 256 random bits that are answered here and never again, good for one use within 24 hours by the database's clock.
 * An earlier one that was not used is over. `by` null: on the server. Errors: `staff_not_found`, `own_invitation`.
 */
export async function invite(
  tx: Tx,
  { staffId, by, at }: { staffId: number; by: number | null; at: Date },
): Promise<{ invitation: string; endsAt: Date }> {
  if (by === staffId) refuse("own_invitation")
  if ((await lockPerson(tx, [staffId]))[0]?.state !== "active") refuse("staff_not_found", { staffId })
  await withdraw(tx, [staffId])
  const invitation = `invite_${randomBytes(32).toString("base64url")}`
  const [made] = await insert(tx, [staffId, hashOf(tx, invitation), by])
  await record(tx, { staffId: by, action: "staff.invite", object: `staff:${staffId}`, at, details: { invitationId: made!.id } })
  return { invitation, endsAt: made!.ends_at }
}

/** Whom an invitation is for; one that is unknown, used, withdrawn or over is refused alike: `invitation_invalid`. */
export async function invitationFor(tx: Tx, invitation: string): Promise<Invitation> {
  const [{ secret_sealed, ...found } = refuse("invitation_invalid")] = await open(tx, [hashOf(tx, invitation)])
  return { ...found, secret: secret_sealed && tx.secrets.open("staff.authenticator", secret_sealed) }
}

/** The secret of the authenticator app that this invitation sets up: the same each time it is asked for. Errors: `invitation_invalid`. */
export async function secretOf(tx: Tx, { invitationId, fresh }: { invitationId: number; fresh: string }): Promise<string> {
  const [kept = refuse("invitation_invalid")] = await keepSecret(tx, [invitationId, tx.secrets.seal("staff.authenticator", fresh)])
  return tx.secrets.open("staff.authenticator", kept.secret_sealed)
}

/** Uses an invitation up, in the transaction of what it is used for. Errors: `invitation_invalid`, also for the second of two who come at once. */
export async function useInvitation(
  tx: Tx,
  { invitationId, staffId, at }: { invitationId: number; staffId: number; at: Date },
): Promise<void> {
  if ((await lockPerson(tx, [staffId]))[0]?.state !== "active") refuse("invitation_invalid")
  if ((await use(tx, [invitationId])).length === 0) refuse("invitation_invalid")
  await record(tx, { staffId, action: "staff.invitation-use", object: `staff:${staffId}`, at, details: { invitationId } })
}

/** Whoever leaves is invited no more. */
export async function withdrawInvitations(tx: Tx, staffId: number): Promise<void> {
  await withdraw(tx, [staffId])
}

const hashOf = (tx: Tx, invitation: string): Buffer => tx.secrets.hmac("staff.invitation", invitation)
