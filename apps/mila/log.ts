import type { ProgramLog } from "@mila/kernel"
import pino from "pino"
import { withoutPersonalData } from "./personal-data.ts"

/** One JSON line an event, without personal data, to standard output, standard error or a file (made with its folder, for our eyes only). */
export function openLog({ level, to }: { level: string; to: "stdout" | "stderr" | { file: string } }): ProgramLog {
  const destination =
    typeof to === "object"
      ? pino.destination({ dest: to.file, mkdir: true, mode: 0o600, sync: true })
      : pino.destination({ dest: to === "stdout" ? 1 : 2, sync: true })
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => error }, // formatted below, with everything else
      formatters: {
        level: (label) => ({ level: label }),
        log: (details) => withoutPersonalData(details) as Record<string, unknown>,
      },
    },
    turnByTurn(destination),
  )
}

/** Lines of one turn of the event loop go out together, with one call of the system, before the next turn begins: a crash loses no earlier one. */
function turnByTurn(destination: { write(lines: string): unknown }): { write(line: string): void } {
  let lines = ""
  const flush = () => {
    const ready = lines
    lines = ""
    if (ready !== "") destination.write(ready)
  }
  process.on("exit", flush)
  return {
    write(line) {
      if (lines === "") setImmediate(flush)
      lines += line
    },
  }
}
