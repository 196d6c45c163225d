import { ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { checkLedger } from "@mila/ledger"
import { SMS_CAPS } from "@mila/messages"
import type { Permission } from "@mila/staff"
import { aKeyFor, aStaffMember } from "@mila/staff/testing"
import type { OfficeContext } from "./context.ts"
import { officeDoor } from "./door.ts"

export type Told = { status: number; body: any; headers: Headers }

/** A back office on a database of its own, under a simulated clock that starts on 23 November 2026. */
export async function anOffice(wishes: Partial<OfficeContext> = {}) {
  const own = await ownDb()
  const logged: object[] = []
  const log = {
    info: () => undefined,
    warn: (details: object) => void logged.push(details),
    error: (details: object) => void logged.push(details),
  }
  const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
  const context: OfficeContext = {
    db: own.db,
    clock,
    log,
    runJob: async () => ({}),
    prove: checkLedger,
    jobNames: [],
    outboxIsOpen: true,
    isDemo: false,
    smsCaps: SMS_CAPS,
    publicUrl: "https://mila.example",
    staffUrl: "https://office.example",
    ...wishes,
  }
  const app = officeDoor(context)
  const signIn = async (permissions?: readonly Permission[], memberId: number | null = null) =>
    inTransaction(own.db, (tx) => aStaffMember(tx, { memberId, ...(permissions ? { permissions } : {}) }))
  /** What signing in would give somebody. */
  const keyFor = (staffId: number) => inTransaction(own.db, (tx) => aKeyFor(tx, staffId))
  const { key: masterKey } = await signIn()

  /** One request over HTTP; `key` null comes without one, left out it may do everything. */
  async function ask(
    method: string,
    path: string,
    { body, key = masterKey, headers = {} }: { body?: unknown; key?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Told> {
    const response = await app.request(`/office/v1${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === "" ? null : JSON.parse(text), headers: response.headers }
  }
  return { ...own, app, ask, signIn, keyFor, context, logged }
}

export type TestOffice = Awaited<ReturnType<typeof anOffice>>
