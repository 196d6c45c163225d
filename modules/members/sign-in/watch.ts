import { statement, type Tx } from "@mila/kernel"
import { siteAlarm } from "./attempts.ts"

/** Who asks for codes and does not use them pumps SMS (security case A05): more than two sent for one used, once there are enough to judge by. */
const PUMPING = { sentForOneUsed: 2, atLeast: 30, minutes: 60, patienceMinutes: 3 }

export type SignInWatch = {
  /** codes sent in the last hour that were used, or had their time to be */
  codesSent: number
  codesUsed: number
  /** more codes are asked for than people use */
  pumping: boolean
  /** seconds until devices we do not know sign in by password again; 0: nobody tries passwords of many people */
  passwordsRestSeconds: number
}

const lately = statement<{ sent: number; used: number }>(
  "members.codes_lately",
  `select count(*)::int sent, count(used_at)::int used from members.code
    where sent_at > $1::timestamptz - make_interval(mins => $2) and sent_at <= $1
      and (used_at is not null or sent_at <= $1::timestamptz - make_interval(mins => $3))`,
)

/** What whoever looks after the house has to see of people signing in, as of `at`; the same from every process. */
export async function watchSignIns(tx: Tx, { at }: { at: Date }): Promise<SignInWatch> {
  const { minutes, patienceMinutes, atLeast, sentForOneUsed } = PUMPING
  const { sent, used } = (await lately(tx, [at, minutes, patienceMinutes]))[0]!
  const pumping = sent >= atLeast && sent > sentForOneUsed * used
  return { codesSent: sent, codesUsed: used, pumping, passwordsRestSeconds: await siteAlarm(tx, { at }) }
}
