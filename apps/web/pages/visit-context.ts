import { createContext, type RouterContextProvider } from "react-router"
import type { Session } from "@mila/members"
import type { Visit } from "../visit.ts"

/** The visit of a request. The server bundle has its own copy of this key; the door takes it from there. */
export const visitContext = createContext<Visit>()

export type Loading = { request: Request; params: Readonly<Record<string, string | undefined>>; context: Readonly<RouterContextProvider> }

export const visitOf = ({ context }: Pick<Loading, "context">): Visit => context.get(visitContext)

/** A visit of somebody who is signed in. */
export type MemberVisit = Visit & { session: Session }

/** Of a page of the account: the layout let nobody else through. */
export function memberVisitOf(loading: Pick<Loading, "context">): MemberVisit {
  const visit = visitOf(loading)
  if (!visit.session) throw new Response(null, { status: 401 })
  return { ...visit, session: visit.session }
}
