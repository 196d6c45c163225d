/** Structured logging, as pino does it: details first, saying second. Never numbers of cards, phones, codes or bodies. */
export type Log = {
  info(details: object, saying?: string): void
  warn(details: object, saying?: string): void
  error(details: object, saying?: string): void
}

/** The log of a program, which also keeps what only its developers ask for. */
export type ProgramLog = Log & { debug(details: object, saying?: string): void }
