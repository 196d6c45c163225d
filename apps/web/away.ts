import { SearchAway } from "@mila/catalog"
import { isDatabaseAway } from "@mila/kernel"
import type { ServerBuild } from "react-router"

/** When whoever heard that something is away for a moment may ask again, seconds. */
export const RETRY_SECONDS = 2

type Module = NonNullable<ServerBuild["routes"][string]>["module"]
type Act = (args: never) => unknown

/** The pages with one more answer: while the database is away, a crowd waits for it, or the search is being read, a page is 503 and says that it will be back. That is no fault of the page. */
export function sayingAway<Build extends ServerBuild>(build: Build): Build {
  const routes = Object.entries(build.routes).map(([id, route]) => [id, route && { ...route, module: patient(route.module) }])
  return { ...build, routes: Object.fromEntries(routes) }
}

const patient = (module: Module): Module => ({ ...module, loader: trying(module.loader), action: trying(module.action) }) as Module

function trying(act: unknown): Act | undefined {
  if (typeof act !== "function") return undefined
  return async (args) => {
    try {
      return await (act as Act)(args)
    } catch (error) {
      throw isDatabaseAway(error) || error instanceof SearchAway ? new Response(null, { status: 503 }) : error
    }
  }
}
