// What a phone keeps for when there is no network: one small store of IndexedDB, shared by the pages and by those that open offline.

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("mila", 1)
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore("pocket"))
    asked.addEventListener("success", () => resolve(asked.result))
    asked.addEventListener("error", () => reject(asked.error ?? new Error("no database")))
  })

async function within<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await opened()
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction("pocket", mode)
      const asked = work(transaction.objectStore("pocket"))
      transaction.addEventListener("complete", () => resolve(asked.result))
      transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("not kept")))
    })
  } finally {
    database.close()
  }
}

/** What is kept under a name; undefined when nothing is. */
export const kept = <Value>(name: string): Promise<Value | undefined> =>
  within("readonly", (store) => store.get(name) as IDBRequest<Value | undefined>)

/** Keeps what `anew` makes of what is kept; what another page keeps meanwhile is kept before or after, and not lost. */
export const keepAnew = <Value>(name: string, anew: (before: Value | undefined) => Value): Promise<unknown> =>
  within("readwrite", (store) => {
    const asked = store.get(name) as IDBRequest<Value | undefined>
    asked.addEventListener("success", () => store.put(anew(asked.result), name))
    return asked
  })

export const keep = (name: string, value: unknown): Promise<unknown> => within("readwrite", (store) => store.put(value, name))
