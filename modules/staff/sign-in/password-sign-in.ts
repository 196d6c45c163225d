import { type Db, inTransaction, statement } from "@mila/kernel"
import { passwordFits } from "@mila/kernel/passwords"
import { stepNow, stepOfCode } from "./authenticator.ts"
import { enter, isTold, type Place, recordRefused, type SignInOutcome } from "./enter.ts"
import { forgiveTries, isKnownDevice, takeTry } from "./limits.ts"

type AppRow = { factorId: number; secret_sealed: Buffer; last_step: number; password_hash: string }

const appOf = statement<AppRow>(
  "staff.authenticator_of",
  `select factor.id "factorId", secret_sealed, last_step, password_hash
     from staff.factor join staff.person on person.id = staff_id where staff_id = $1 and kind = 'authenticator' and state = 'active'`,
)
// of two who come with one code, one is in
const useStep = statement<{ id: number }>(
  "staff.use_step",
  "update staff.factor set last_step = $2, used_at = now() where id = $1 and password_hash = $3 and last_step < $2 returning id",
)

/**
 * Signs in with a password and a code of the authenticator app, both, and gives a person's key. `failed` is one answer for a number nobody has, a wrong password, a wrong code and
 * one that was used; it takes the same work. `wait` looked at nothing.
 */
export async function signInWithPassword(
  db: Db,
  { staffId, password, code, ...place }: Place & { staffId: number; password: string; code: string },
): Promise<SignInOutcome> {
  const asked = await inTransaction(db, async (tx) => {
    const isKnown = await isKnownDevice(tx, { staffId, device: place.device })
    const trier = { staffId, device: isKnown ? place.device : null }
    const taken = await takeTry(tx, { ...trier, ip: place.ip })
    if ("wait" in taken) return taken
    const [app] = await appOf(tx, [staffId])
    return { ...taken, trier, app, now: await stepNow(tx) }
  })
  if ("wait" in asked) return { outcome: "wait", seconds: asked.wait }
  const { app, trier, failures } = asked
  const secret = app ? db.secrets.open("staff.authenticator", app.secret_sealed) : null
  const step = stepOfCode(code, { secret, now: asked.now, after: app?.last_step ?? 0 })
  const fits = await passwordFits(password, app?.password_hash ?? null)
  return inTransaction(db, async (tx) => {
    if (app && fits && step !== undefined && (await useStep(tx, [app.factorId, step, app.password_hash])).length > 0) {
      const refused = await forgiveTries(tx, trier)
      return enter(tx, { staffId, factorId: app.factorId, by: "authenticator", refused, ...place })
    }
    if (isTold(failures)) await recordRefused(tx, { object: `staff:${staffId}`, tries: failures, by: "authenticator", at: place.at })
    return { outcome: "failed" }
  })
}
