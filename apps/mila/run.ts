import type { ProgramLog } from "@mila/kernel"
import { buildPages } from "@mila/web/build"
import { join } from "node:path"
import type { DoorName } from "./doors.ts"
import { DOORS } from "./doors.ts"
import { openLog } from "./log.ts"
import type { DemoSignIns } from "./demo/demo-chain.ts"
import { prepareDemo } from "./prepare-demo.ts"
import { openProgram, type Program, STOP_WITHIN_MS } from "./program.ts"
import type { Settings } from "./settings.ts"
import { welcome } from "./welcome.ts"

/** Everything in one process, for a newcomer and for a small chain; ends when told to. Answers the exit code. */
export async function start(settings: Settings): Promise<number> {
  const onScreen = process.stdout.isTTY
  const log = openLog({
    level: settings.logLevel,
    to: fileOf(settings) ?? (onScreen ? { file: join(settings.dataDir, "mila.log") } : "stderr"),
  })
  const say = (text: string): void => console.log(text)
  say("Mila is starting · Mila запускается")
  const stopping = stopOnSignals(log, say)
  await buildPages({ say })
  let signIns: DemoSignIns | undefined
  const program = await openProgram({
    ...{ settings, log, say, doors: DOORS, migrates: true },
    async beforeOpening(context) {
      if (context.isDemo) signIns = await prepareDemo(context, say)
    },
  })
  say(welcome({ settings, program, signIns }))
  return stopping.of(program)
}

/** Some or all doors, for a machine among others; logs to standard output. Ends when told to. Answers the exit code. */
export async function serve(settings: Settings, { doors }: { doors: readonly DoorName[] }): Promise<number> {
  const log = openLog({ level: settings.logLevel, to: fileOf(settings) ?? "stdout" })
  const stopping = stopOnSignals(log, () => undefined)
  return stopping.of(await openProgram({ settings, log, doors, say: () => undefined, migrates: false }))
}

const fileOf = ({ logFile }: Settings): { file: string } | undefined => (logFile === null ? undefined : { file: logFile })

/** npm passes Ctrl-C on to a process that got it already; that is one signal, not two. */
const SAME_SIGNAL_MS = 500

/**
 * The first SIGTERM or SIGINT stops the program cleanly, within 25 s; a second one ends it at once. A rejection nobody caught is a bug: it is
 * logged and ends the process, and whoever supervises it starts a sound one.
 */
function stopOnSignals(log: ProgramLog, say: (text: string) => void): { of(program: Program): Promise<number> } {
  const asked = Promise.withResolvers<void>()
  let firstAt: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      log.info({ signal }, "told to stop")
      say("Mila is stopping · Mila останавливается")
      setTimeout(() => {
        log.error({}, "not everything stopped in time")
        process.exit(1)
      }, STOP_WITHIN_MS).unref()
      asked.resolve()
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
  }
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, onSignal)
  const onBug = (error: unknown): void => {
    log.error({ err: error }, "a fault nobody caught; the process ends")
    process.exit(1)
  }
  process.on("uncaughtException", onBug)
  process.on("unhandledRejection", onBug)
  return {
    async of(program) {
      await asked.promise
      await program.stop()
      return 0
    },
  }
}
