import { finder, type SearchEngine, SearchThread } from "@mila/catalog"
import type { Clock, Db, ProgramLog } from "@mila/kernel"
import type { OfficeContext } from "@mila/office"
import { prove } from "@mila/worker"
import type { Hono } from "hono"
import { tilesOf } from "./map-settings.ts"
import { sellerOf, unsaidOfSeller } from "./seller-settings.ts"
import { importRulesOf } from "./exchange-settings.ts"
import { type Push, smsCapsOf } from "./push-settings.ts"
import type { Settings } from "./settings.ts"
import { walletsOf } from "./wallet-settings.ts"

export const DOORS = ["api", "account", "shop", "web", "office", "exchange", "worker"] as const

export type DoorName = (typeof DOORS)[number]

/** What doors are given by the program that opens them. */
export type DoorContext = {
  settings: Settings
  /** of the web and the back office */
  db: Db
  /** the tills' own lane: nobody else takes its connections */
  tillDb: Db
  clock: Clock
  log: ProgramLog
  isDemo: boolean
  /** how browsers are told; null: no notifications are offered */
  push: Push | null
  runJob: OfficeContext["runJob"]
  jobNames: readonly string[]
  watchQueue(name: string, length: () => number): void
  /** told, in a person's words, on the console of a demo */
  say(text: string): void
}

/** Opens a door, to be mounted at the root. What it is made of is read only now: a process that opens one door carries no other. */
export async function openDoor(name: Exclude<DoorName, "worker">, context: DoorContext & { search: SearchEngine }): Promise<Hono<any>> {
  const { settings, db, tillDb, clock, log, runJob, jobNames, isDemo, watchQueue, say } = context
  const { tillRequestsPerSecond, tillQueue, tillTimeoutMs: patienceMs } = settings
  if ((name === "web" || name === "shop") && context.search instanceof SearchThread) context.search.start()
  const publicUrl = publicUrlOf(settings)
  const phoneRules = { foreign: settings.foreignPhones }
  const tellCode = isDemo ? { tellCode: (phone: string, code: string) => say(`  code · код ${phone}: ${code}`) } : {}
  switch (name) {
    case "account":
      return (await import("@mila/account")).accountDoor({
        ...{ db, clock, log, publicUrl, phoneRules, ...tellCode },
        ...{ wallets: walletsOf(settings), requestsPerSecond: settings.accountRequestsPerSecond, dormantMonths: settings.dormantMonths },
      })
    case "api":
      return (await import("@mila/api")).tillDoor({
        ...{ tillDb, clock, log, watchQueue },
        settings: { tillRequestsPerSecond, tillQueue, patienceMs },
      })
    case "office":
      return (await import("@mila/office")).officeDoor({
        ...{ db, clock, log, runJob, prove, jobNames, isDemo, publicUrl, staffUrl: staffUrlOf(settings) },
        outboxIsOpen: isDemo || settings.clock === "simulated",
        smsCaps: smsCapsOf(settings),
      })
    case "web":
      return (await import("@mila/web")).webDoor({
        ...{ db, clock, log },
        finder: finder({ db, clock, search: context.search }),
        site: {
          publicUrl,
          demo: isDemo,
          tiles: tilesOf(settings),
          phoneRules,
          seller: sellerSaid(context),
          dormantMonths: settings.dormantMonths,
          wallets: walletsOf(settings),
          push: context.push && { publicKey: context.push.keys.publicKey, hosts: context.push.hosts },
          smsIncomingToken: settings.smsIncomingToken,
          ...tellCode,
        },
      })
    case "exchange":
      return (await import("@mila/exchange-door")).exchangeDoor({
        ...{ db, clock, log, isDemo, publicUrl, rules: importRulesOf(settings), mayCall: settings.exchangeFrom },
        ...{ chunkBytes: settings.exchangeChunkKb * 1024, shopName: settings.operatorName },
      })
    case "shop":
      return (await import("@mila/shop")).shopDoor({ db, clock, log, publicUrl, finder: finder({ db, clock, search: context.search }) })
  }
}

const publicUrlOf = ({ publicUrl, port }: Settings): string => (publicUrl ?? `http://localhost:${port}`).replace(/\/$/, "")

/** The address staff open the back office at. */
export const staffUrlOf = (settings: Settings): string => settings.officeUrl?.replace(/\/$/, "") ?? publicUrlOf(settings)

/** The seller pages name; what a real shop has not said of it stands in the log. */
function sellerSaid({ settings, isDemo, log }: DoorContext) {
  const unsaid = unsaidOfSeller(settings, isDemo)
  if (unsaid.length > 0) log.warn({ unsaid }, "a shop has to name its seller on every page; these are not set")
  return sellerOf(settings, isDemo)
}
