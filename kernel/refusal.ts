/**
 * The business says no. `code` is stable and part of the contract; `details` are for the caller, never for logs.
 * A refusal is thrown, so that what was written before it rolls back.
 */
export class Refusal<Code extends string = string> extends Error {
  readonly code: Code
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: Code, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = "Refusal"
    this.code = code
    this.details = details
  }
}

/** A module's own way to say no: `const refuse = refuserOf<CardRefusal>()`. */
export function refuserOf<Code extends string>(): (code: Code, details?: Readonly<Record<string, unknown>>) => never {
  return (code, details) => {
    throw new Refusal(code, details)
  }
}
