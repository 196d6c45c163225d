import type { Tx } from "@mila/kernel"
import { SESSION_POLICY, type SignedIn } from "@mila/members"
import { arrive as arriveAt, enter as enterAt, enterFirst as enterFirstAt, type Place } from "@mila/membership"
import type { Visit } from "../../visit.ts"

/** The browser somebody signs in with. */
export const placeOf = ({ device, deviceName }: Visit): Place => ({ device, deviceName, kind: "web" })

/** Begins a session in this browser for somebody who has proven who they are. */
export const enter = (visit: Visit, tx: Tx, memberId: number): Promise<SignedIn> =>
  enterAt(tx, { memberId, ...placeOf(visit), at: visit.clock.now() })

/** Begins the first session of somebody who has just joined in this browser. */
export const enterFirst = (visit: Visit, tx: Tx, memberId: number): Promise<SignedIn> =>
  enterFirstAt(tx, { memberId, ...placeOf(visit), at: visit.clock.now() })

/** What follows from a sign-in in this browser. */
export const arrive = (visit: Visit, tx: Tx, signedIn: SignedIn): Promise<void> =>
  arriveAt(tx, { ...signedIn, ...placeOf(visit), at: visit.clock.now() })

/** After the commit: the browser keeps the session, and what it was in the middle of is over. */
export function remember({ cookies }: Visit, { token }: Pick<SignedIn, "token">): void {
  cookies.set("session", token, { days: SESSION_POLICY.web.allDays })
  cookies.forget("flow")
  if (cookies.get("child") !== undefined) cookies.forget("child")
}
