// Real receipts through the tills' API, in time order under a simulated clock: `npm run replay`, or `npm run mila -- replay`.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { milaUnderTest } from "./adapter.ts"
import { SETS, sharedData } from "./replay-data.ts"
import { outlive, replay, type Replayed } from "./replay-life.ts"

const HELP = `npm run mila -- replay [${SETS.map(({ name }) => name).join("] [")}]

Plays public sets of real receipts through the tills' API of a system of its own, day by day under a simulated clock: cards for every holder,
points pending, available, redeemed, reminded of, expired. Prints what became of them and proves the ledger. Without a name: all sets.

  MILA_SHARED_DATA   the folder with loyalty/…; default: shared/data beside this project
  MILA_URL, MILA_STAFF_KEY   a system that runs already, under MILA_CLOCK=simulated, instead of one of its own

Ends with 0 when every receipt was taken and the ledger has no finding, with 1 when not, with 2 when there is nothing to replay.`

process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  const sets = words.length === 0 ? SETS : SETS.filter(({ name }) => words.includes(name))
  if (words.some((word) => !SETS.some(({ name }) => name === word))) {
    const asked = words.includes("--help") || words.includes("-h") || words.includes("help")
    console[asked ? "log" : "error"](HELP)
    return asked ? 0 : 2
  }
  const missing = sets.find(({ file }) => !existsSync(join(sharedData(), file)))
  if (missing) {
    console.error(`no receipts to replay: ${join(sharedData(), missing.file)} is not there (MILA_SHARED_DATA names another folder)`)
    return 2
  }
  const mila = await milaUnderTest()
  try {
    await outlive(mila) // the demo chain's own points first
    let sound = true
    for (const { title, file, firstTill, read } of sets) {
      const replayed = await replay(mila, await read(join(sharedData(), file)), { firstTill })
      print(title, replayed)
      sound &&= replayed.findings === 0 && replayed.quarantined === 0
    }
    return sound ? 0 : 1
  } finally {
    await mila.stop()
  }
}

function print(title: string, { findings, seconds, ...replayed }: Replayed): void {
  console.log(
    `\n${title}: ${seconds.toFixed(1)} s, ${Math.round(replayed.receipts / seconds)} receipts/s, ledger check: ${findings} findings`,
  )
  console.table(Object.fromEntries(Object.entries(replayed).map(([figure, value]) => [figure, value.toLocaleString("en")])))
}
