import { inTransaction } from "@mila/kernel"
import { appSessionOf, isFreshlyProven } from "@mila/members"
import type { Context, MiddlewareHandler } from "hono"
import type { AccountContext, AccountEnv } from "./context.ts"
import { problem } from "./problem.ts"

/** Whom a route is for. `guest`: a token is not looked at; `anybody`: a member is known if one asks; `proven`: one who proved lately that it is them. */
export type Who = "guest" | "anybody" | "member" | "proven"

/** The token for requests somebody comes with. */
export const tokenOf = (c: Context<AccountEnv>): string | undefined =>
  /^Bearer (mila_a_[\w-]{43})$/i.exec(c.req.header("authorization") ?? "")?.[1]

/**
 * Who asks, by the token and nothing else. One that is no good is said so where it would have mattered: an app that thinks it is signed in learns that it is not.
 */
export function asking(who: Who, { db, clock }: AccountContext): MiddlewareHandler<AccountEnv> {
  return async (c, next) => {
    if (who === "guest" || (who === "anybody" && c.req.header("authorization") === undefined)) return next()
    const token = tokenOf(c)
    const at = clock.now()
    const session = token === undefined ? undefined : await inTransaction(db, (tx) => appSessionOf(tx, { token, at }))
    if (!session) return problem(c, "not_signed_in")
    if (who === "proven" && !isFreshlyProven(session, at)) return problem(c, "reauth_required")
    c.set("session", session)
    await next()
  }
}
