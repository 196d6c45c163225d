import type { Tx } from "@mila/kernel"
import { beginHere, SESSION_POLICY, type SignedIn } from "@mila/members"
import { tellMember } from "@mila/membership"
import type { Visit } from "../../visit.ts"

/** Begins a session in this browser for somebody who has proven who they are. A browser they were never in before is told of. */
export async function enter(visit: Visit, tx: Tx, memberId: number): Promise<SignedIn> {
  const { device, deviceName, clock } = visit
  const signedIn = await beginHere(tx, { memberId, device, deviceName, kind: "web", at: clock.now() })
  await tellOfDevice(visit, tx, signedIn)
  return signedIn
}

/** A sign-in from a browser that is new to the person is no secret to them. */
export async function tellOfDevice({ deviceName, clock }: Visit, tx: Tx, { memberId, newDevice }: SignedIn): Promise<void> {
  if (newDevice) await tellMember(tx, { memberId, template: "new_device", params: { device: deviceName }, at: clock.now() })
}

/** After the commit: the browser keeps the session, and what it was in the middle of is over. */
export function remember({ cookies }: Visit, { token }: SignedIn): void {
  cookies.set("session", token, { days: SESSION_POLICY.web.allDays })
  cookies.forget("flow")
}
