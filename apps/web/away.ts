import { SearchAway } from "@mila/catalog"
import { DatabaseAway, isDatabaseAway } from "@mila/kernel"
import type { RouterContext, RouterContextProvider, ServerBuild } from "react-router"
import type { Visit } from "./visit.ts"

/** When whoever heard that something is away for a moment may ask again, seconds. */
export const RETRY_SECONDS = 2

type Module = NonNullable<ServerBuild["routes"][string]>["module"]
type Args = { context: Readonly<RouterContextProvider> }
type Act = (args: Args) => unknown

/**
 * The pages with one more answer: while the database is away, a crowd waits for it, or the search is being read, a page is 503 and says that it will be back. That is no fault of
 * the page. The root answers all the same: it knows the language, and its frame leads on.
 */
export function sayingAway<Build extends ServerBuild>(build: Build, visitContext: RouterContext<Visit>): Build {
  const isAway = ({ context }: Args): boolean => context.get(visitContext).isAway
  const routes = Object.entries(build.routes).map(([id, route]) => [
    id,
    route && { ...route, module: patient(route.module, id === "root" ? () => false : isAway) },
  ])
  return { ...build, routes: Object.fromEntries(routes) }
}

const patient = (module: Module, isAway: (args: Args) => boolean): Module =>
  ({ ...module, loader: trying(module.loader, isAway), action: trying(module.action, isAway) }) as Module

function trying(act: unknown, isAway: (args: Args) => boolean): Act | undefined {
  if (typeof act !== "function") return undefined
  return async (args) => {
    try {
      if (isAway(args)) throw new DatabaseAway(new Error("nobody could say who asks"))
      return await (act as Act)(args)
    } catch (error) {
      throw isDatabaseAway(error) || error instanceof SearchAway ? new Response(null, { status: 503 }) : error
    }
  }
}
