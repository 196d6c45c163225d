import type { Clock, Db } from "@mila/kernel"
import { type OfficeContext, officeDoor } from "@mila/office"
import { webDoor } from "@mila/web"
import { Hono } from "hono"
import type { Log } from "./log.ts"
import type { Settings } from "./settings.ts"

export const DOORS = ["api", "web", "office", "worker"] as const

export type DoorName = (typeof DOORS)[number]

/** What doors are given by the program that opens them. */
export type DoorContext = {
  settings: Settings
  /** of the web and the back office */
  db: Db
  /** the tills' own lane: nobody else takes its connections */
  tillDb: Db
  clock: Clock
  log: Log
  isDemo: boolean
  runJob: OfficeContext["runJob"]
  jobNames: readonly string[]
  watchQueue(name: string, length: () => number): void
}

/** Opens a door, to be mounted at the root. */
export async function openDoor(name: Exclude<DoorName, "worker">, context: DoorContext): Promise<Hono> {
  const { db, clock, log, runJob, jobNames, isDemo } = context
  switch (name) {
    case "api":
      return (await import("@mila/api" as string).catch(() => ({ tillDoor: () => new Hono() }))).tillDoor(context)
    case "office":
      return officeDoor({ db, clock, log, runJob, jobNames, outboxIsOpen: isDemo || context.settings.clock === "simulated" })
    case "web":
      return webDoor({ demo: isDemo })
  }
}
