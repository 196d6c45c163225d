import pino from "pino"
import { withoutPersonalData } from "./personal-data.ts"

/** Structured logging: details first, a saying second. */
export type Log = {
  debug(details: object, saying?: string): void
  info(details: object, saying?: string): void
  warn(details: object, saying?: string): void
  error(details: object, saying?: string): void
}

/** One JSON line an event, without personal data, to standard output, standard error or a file (made with its folder, for our eyes only). */
export function openLog({ level, to }: { level: string; to: "stdout" | "stderr" | { file: string } }): Log {
  const destination =
    typeof to === "object"
      ? pino.destination({ dest: to.file, mkdir: true, mode: 0o600, sync: true })
      : pino.destination({ dest: to === "stdout" ? 1 : 2, sync: true }) // what is logged last before a crash is what one wants to read
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
    destination,
  )
}
