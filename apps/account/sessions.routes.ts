import { z } from "@hono/zod-openapi"
import { nameSession, sessionsOf } from "@mila/members"
import { endOwnSessions } from "@mila/membership"
import { type Account, forMembers, refuse } from "./declare.ts"
import { idIn, instant, text } from "./schemas.ts"

const SessionShown = z
  .object({
    sessionId: z.number().int(),
    name: z.string(),
    kind: z.enum(["web", "app"]).openapi({ description: "A browser, or an app." }),
    current: z.boolean(),
    startedAt: instant,
    seenAt: instant,
  })
  .openapi("Session")

/** Where a member is signed in, browsers among it. */
export function declareSessions(account: Account): void {
  const of = { tag: "Sessions" } as const
  const params = z.object({ sessionId: idIn })
  forMembers(account, {
    ...{ method: "get", path: "/sessions", ...of, name: "listSessions", summary: "Where the member is signed in, the latest used first" },
    answer: z.object({ sessions: z.array(SessionShown) }),
    async act({ tx, memberId, sessionId: here, at }) {
      const sessions = await sessionsOf(tx, { memberId, at })
      return { sessions: sessions.map(({ device: name, ...session }) => ({ ...session, name, current: session.sessionId === here })) }
    },
  })
  forMembers(account, {
    ...{ method: "patch", path: "/sessions/{sessionId}", ...of, name: "nameSession", codes: ["session_unknown", "session_name_invalid"] },
    summary: "Call a place something else",
    params,
    body: z.strictObject({ name: text(100) }),
    act: ({ tx, memberId, params: { sessionId }, body: { name } }) => nameSession(tx, { memberId, sessionId, name }),
  })
  forMembers(account, {
    ...{ method: "delete", path: "/sessions/{sessionId}", ...of, name: "endSession", codes: ["session_unknown"] },
    summary: "Sign out there",
    params,
    async act({ tx, memberId, params: { sessionId }, at }) {
      if ((await endOwnSessions(tx, { memberId, only: sessionId, at })) === 0) refuse("session_unknown")
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/sessions/end-others", ...of, name: "endOtherSessions", summary: "Sign out everywhere but here" },
    answer: z.object({ ended: z.number().int() }),
    act: async ({ tx, memberId, sessionId, at }) => ({ ended: await endOwnSessions(tx, { memberId, except: sessionId, at }) }),
  })
  forMembers(account, {
    ...{
      method: "post",
      path: "/sign-out",
      ...of,
      name: "signOut",
      summary: "Sign out here: both tokens are over, the phone shows no codes of cards",
    },
    async act({ tx, memberId, sessionId, at }) {
      await endOwnSessions(tx, { memberId, only: sessionId, at })
    },
  })
}
