import { createHook } from "node:async_hooks"
import type { Db } from "./db.ts"

/** What `act` makes the machine do: slow hashes, seen by Node itself, and questions to the database, by their names. */
export async function workOf<Result>(
  db: Db,
  act: (listened: Db) => Promise<Result>,
): Promise<{ result: Result; hashes: number; questions: string[] }> {
  let hashes = 0
  const hook = createHook({ init: (_id, type) => void (hashes += Number(type === "ARGON2REQUEST")) })
  const questions: string[] = []
  hook.enable()
  const result = await act(listened(db, questions))
  hook.disable()
  return { result, hashes, questions }
}

function listened(of: Db, questions: string[]): Db {
  const connect = async () => {
    const client = await of.pool.connect()
    return new Proxy(client, {
      get(inner, key) {
        const value: unknown = Reflect.get(inner, key)
        if (typeof value !== "function") return value
        return (...given: unknown[]) => {
          const [first] = given as [string | { name?: string; text?: string }]
          if (key === "query") questions.push(typeof first === "string" ? first : (first.name ?? first.text ?? ""))
          return Reflect.apply(value, inner, given) as unknown
        }
      },
    })
  }
  const pool = new Proxy(of.pool, { get: (target, name) => (name === "connect" ? connect : Reflect.get(target, name)) })
  return { pool, secrets: of.secrets, close: async () => undefined }
}
