import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { platform } from "node:os"
import { after, before, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { type Import, importById, importsApart, USUAL_RULES } from "./index.ts"
import { importXml, sent } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const goods = (count: number): string => importXml(Array.from({ length: count }, (_, no) => ({ id: `apart-${no}`, name: `Крем ${no}` })))
const children = (): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number)

async function until(job: () => Promise<Import>, isSo: (job: Import) => boolean): Promise<Import> {
  for (;;) {
    const now = await job()
    if (isSo(now)) return now
    await wait(5)
  }
}

test(
  "imports run in a process of their own, begun when there is something to import; killed, it is begun again and its import goes on",
  { skip: platform() === "linux" ? false : "children are counted in /proc" },
  async () => {
    const before = new Set(children())
    const ours = (): number[] => children().filter((pid) => !before.has(pid))
    const errors: unknown[] = []
    const loop = importsApart({ db: own.db, url: own.url, role: "mila_app", rules: USUAL_RULES, onError: (error) => errors.push(error) })
    try {
      await wait(700)
      assert.deepEqual(ours(), [], "nobody has sent anything")
      const id = await sent(own.db, goods(3_000), { at: new Date() })
      const job = (): Promise<Import> => inTransaction(own.db, (tx) => importById(tx, id))
      await until(job, ({ counts }) => (counts["records"] ?? 0) > 0)
      const [first] = ours()
      assert.ok(first !== undefined && first !== process.pid)
      process.kill(first, "SIGKILL")
      const done = await until(job, ({ endedAt }) => endedAt !== null)
      assert.deepEqual([done.state, done.counts["records"], done.diff?.goods.new], ["done", 3_000, 3_000])
      const [second, ...more] = ours()
      assert.ok(second !== undefined && second !== first && more.length === 0)
      assert.match(String(errors[0]), /SIGKILL/)
    } finally {
      await loop.stop()
    }
    assert.deepEqual(ours(), [], "it is gone with whoever began it")
  },
)
