import { connect, secretsFrom, systemClock } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { parentPort, workerData } from "node:worker_threads"
import { KeptIndex } from "./kept-index.ts"
import type { Asked, Told, ThreadData } from "./in-thread.ts"

// The search index of this process, in a thread of its own: reading the catalogue anew never holds up a till. It has its own connection and reads nothing sealed.
const { url, role } = workerData as ThreadData
const port = parentPort!
const tell = (told: Told): void => port.postMessage(told)
const db = connect({
  url,
  name: "mila search",
  secrets: secretsFrom(randomBytes(32)),
  max: 1,
  queryTimeoutMs: 120_000,
  ...(role === null ? {} : { role }),
})
const onError = (error: unknown): void => tell({ what: "error", message: error instanceof Error ? error.message : String(error) })

const index = await KeptIndex.open({ db, clock: systemClock, onError })
port.on("message", (asked: Asked) => void answer(asked))
tell({ what: "ready" })

async function answer(asked: Asked): Promise<void> {
  if (asked.what === "close") {
    await index.close()
    await db.close()
    port.close()
    return
  }
  try {
    const answered =
      asked.what === "search"
        ? await index.search(asked.query)
        : asked.what === "suggest"
          ? await index.suggest(asked.query)
          : await index.follow()
    tell({ what: "answer", id: asked.id, answer: answered && JSON.stringify(answered) }) // hundreds of values of facets are copied sooner as text
  } catch (error) {
    tell({ what: "failed", id: asked.id, message: error instanceof Error ? error.message : String(error) })
  }
}
