import { APP_ROLE, migrate } from "@mila/db"
import { type Clock, connect, type Db, simulatedClock, systemClock } from "@mila/kernel"
import { newPushKeys } from "@mila/messages"
import { prepareSchedule, prove, rewrittenDays } from "@mila/worker"
import { spawn } from "node:child_process"
import { join, resolve } from "node:path"
import { openDatabase } from "./database.ts"
import { signInLines } from "./demo/demo-chain.ts"
import { DOORS, type DoorName, staffUrlOf } from "./doors.ts"
import { publishFirstTexts } from "./first-texts.ts"
import { prepareDemo } from "./prepare-demo.ts"
import { serve, start } from "./run.ts"
import { type Settings, settingsTable } from "./settings.ts"
import { inviteStaff } from "./staff-invitation.ts"

/** What `mila <name>` does; answers the exit code. Settings are read by those that need them. */
export type Command = { says: string; run(words: readonly string[], settings: () => Settings): Promise<number> }

export const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    says: "database, schema, demo chain on the first start, all doors and the worker in one process",
    run: (_words, settings) => start(settings()),
  },
  serve: {
    says: `opens doors; --only ${DOORS.join("|")} (commas for several) opens just these`,
    run: async (words, settings) => {
      const doors = doorsOf(words)
      if (doors) return serve(settings(), { doors })
      console.error(`serve [--only ${DOORS.join("|")}]`)
      return 2
    },
  },
  migrate: { says: "brings the database to this version's schema", run: (_words, settings) => migrateNow(settings()) },
  demo: { says: "makes the demo chain, if it is not there, and prints what to sign in with", run: (_words, settings) => demo(settings()) },
  "staff-invitation": {
    says: 'invites somebody of the back office to set up their sign-in: their number, or --employ "<name>" for the first one',
    run: (words, settings) => {
      const wanted = settings()
      return withDb(wanted, (db) => inviteStaff({ db, clock: clockOf(wanted), staffUrl: staffUrlOf(wanted) }, words))
    },
  },
  "check-ledger": {
    says: "proves the ledger's invariants; prints figures and findings; exit code 1 on findings",
    run: (_words, settings) => check(settings()),
  },
  replay: { says: "real receipts through the tills' API under a simulated clock; MILA_SHARED_DATA names their folder", run: replay },
  "push-keys": {
    says: "makes keys for notifications of browsers and prints them as settings; once, for subscriptions hang on them",
    run: async () => {
      const { publicKey, privateKey } = newPushKeys()
      console.log(`MILA_PUSH_PUBLIC_KEY=${publicKey}\nMILA_PUSH_PRIVATE_KEY=${privateKey}`)
      return 0
    },
  },
  settings: {
    says: "every environment variable, what it means and its default",
    run: async () => (console.log(settingsTable()), 0),
  },
  help: {
    says: "this",
    run: async () => {
      const lines = Object.entries(COMMANDS).map(([name, { says }]) => `  ${name.padEnd(14)}${says}`)
      console.log(`npm start · npm run mila -- <command>\n\n${lines.join("\n")}\n`)
      return 0
    },
  },
}

function doorsOf(words: readonly string[]): DoorName[] | undefined {
  if (words.length === 0) return [...DOORS]
  const [option, list = ""] = words.length === 1 ? words[0]!.split("=") : words
  const wanted = list.split(",")
  const known = wanted.filter((word): word is DoorName => (DOORS as readonly string[]).includes(word))
  return option === "--only" && words.length <= 2 && known.length === wanted.length ? known : undefined
}

/** The replay is a journey: it speaks HTTP alone, to a system of its own, in a process of its own. */
function replay(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../journeys/replay.ts"), ...words], { stdio: "inherit" })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code) => resolve(code ?? 1))
  })
}

async function migrateNow(settings: Settings): Promise<number> {
  const database = await openDatabase(settings, { mayJoin: true, say: console.error })
  try {
    const { applied, repeated } = await migrate(database.url)
    await prepareSchedule(database.url, { role: APP_ROLE })
    for (const name of [...applied, ...repeated]) console.log(name)
    console.log(
      applied.length + repeated.length === 0
        ? "The schema is current · Схема актуальна"
        : "The schema is brought up to date · Схема обновлена",
    )
    return 0
  } finally {
    await database.stop()
  }
}

async function demo(settings: Settings): Promise<number> {
  return withDb(settings, async (db) => {
    const clock = clockOf(settings)
    await publishFirstTexts(db, settings, clock.now())
    const signIns = await prepareDemo({ db, clock, settings }, (text) => console.log(text))
    for (const [name, value] of signInLines(signIns)) console.log(`${name.padEnd(28)}${value}`)
    console.log("\nThe keys open a demo alone: MILA_DEMO=1 · Ключи открывают только демо: MILA_DEMO=1")
    return 0
  })
}

const clockOf = ({ clock, clockStart }: Settings): Clock =>
  clock === "simulated" ? simulatedClock(clockStart ?? systemClock.now()) : systemClock

async function check(settings: Settings): Promise<number> {
  return withDb(settings, async (db) => {
    const now = () => systemClock.now()
    const { findings, proved, figures, seconds } = await prove(db, { at: now(), now })
    const rewritten = await rewrittenDays(db, { file: settings.sealFile ?? join(resolve(settings.dataDir), "seals.txt") })
    for (const { invariant, saying, broken } of proved)
      console.log(`${invariant.padEnd(4)}${broken === 0 ? "holds " : "BROKEN"}  ${saying}`)
    console.log("I9  nothing to prove before there are orders\n")
    for (const [name, figure] of Object.entries(figures)) console.log(`${name.padEnd(34)}${figure.toLocaleString("ru")}`)
    for (const { invariant, saying, count, example } of findings)
      console.log(`BROKEN ${invariant}: ${saying} (${count}; ${example ?? "no example"})`)
    for (const day of rewritten) console.log(`BROKEN I13: the day ${day} is not what was sealed`)
    const whole = findings.length + rewritten.length === 0
    console.log(`${whole ? "The ledger is right · Учёт сходится" : "THE LEDGER IS WRONG · УЧЁТ НЕ СХОДИТСЯ"} (${seconds.toFixed(1)} s)`)
    return whole ? 0 : 1
  })
}

async function withDb(settings: Settings, work: (db: Db) => Promise<number>): Promise<number> {
  const database = await openDatabase(settings, { mayJoin: true, say: console.error })
  const db = connect({
    url: database.url,
    secrets: database.secrets,
    name: "mila command",
    max: 4,
    role: APP_ROLE,
    queryTimeoutMs: 3_600_000,
  })
  try {
    return await work(db)
  } catch (error) {
    const bare = error instanceof Error && /role "mila_app" does not exist|relation ".*" does not exist/.test(error.message)
    throw bare
      ? new Error("the database has no schema of ours yet, or an older one: run  npm run mila -- migrate", { cause: error })
      : error
  } finally {
    await db.close()
    await database.stop()
  }
}
