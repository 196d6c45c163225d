// Search as it is asked for: how often what was meant is in the top ten, how long it takes with facets, and the same questions put to PostgreSQL's own full
// text and (for the order of hits) to MiniSearch in the same run. Real names of goods; `node bench/search.ts 200000` takes ten times as many.
import { ownDb } from "@mila/db/testing"
import { mulberry32 } from "@mila/kernel"
import { type IndexData, MemoryIndex, PostgresSearch, type SearchFilters, type SearchQuery } from "@mila/search"
import MiniSearch from "minisearch"
import { gunzipSync } from "node:zlib"
import { readFileSync } from "node:fs"
import { FullText } from "./full-text.ts"
import { ndcgOf } from "./ndcg.ts"
import { realNames, sharedFile } from "./search-corpus.ts"
import { type QuestionSet, questionsOn } from "./search-questions.ts"
import { median, quantile } from "./server.ts"

const COUNT = Number(process.argv[2] ?? 20_000)
const ROUNDS = 3
const TODAY = 20_700

const data = realNames(COUNT)
if (!data) {
  console.log("the real names are not there: set MILA_SHARED_DATA")
  process.exit(0)
}
const own = await ownDb()
const began = performance.now()
const memory = new MemoryIndex(data)
const builtMs = performance.now() - began
const postgres = new PostgresSearch(own.db)
await postgres.make(data)
const fullText = await FullText.over(own.owner, data.documents)

const sets = questionsOn(data)
console.log(
  JSON.stringify({
    documents: data.documents.length,
    buildMs: Math.round(builtMs),
    heapMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
)
for (const set of sets) console.log(JSON.stringify({ quality: set.name, asked: set.asked, found: await found(data, set) }))

const asked = questionsWithFilters(sets)
const timed = {
  memory: await timesOf(async (query) => void (await memory.search(query)), asked),
  "as you type": await typingTimes(typedLetterByLetter(sets)),
  "PostgreSQL, our engine": await timesOf(async (query) => void (await postgres.search(query)), asked.slice(0, 400)),
  "PostgreSQL, full text": await timesOf((query) => fullText.search(query), asked.slice(0, 400)),
}
for (const [engine, { p50, p99 }] of Object.entries(timed)) console.log(JSON.stringify({ engine, p50, p99 }))
console.log(JSON.stringify({ "whole catalogue counted, ms": await timeOnce(() => memory.search({ today: TODAY })) }))
if (COUNT <= 20_000) await judge()
await own.drop()
process.exit(0)

/** Of a hundred questions of a set, how many have an answer among the first ten: ours and PostgreSQL's own. */
async function found({ documents }: IndexData, { questions }: QuestionSet) {
  const product = new Map(documents.map(({ no, name, brand }) => [no, { name: name.ru, brand: brand ?? "" }]))
  const share = async (ask: (text: string) => Promise<readonly number[]>) => {
    let right = 0
    for (const { text, answers } of questions) right += (await ask(text)).some((no) => answers(product.get(no)!)) ? 1 : 0
    return Number(((right * 100) / questions.length).toFixed(1))
  }
  const top = { limit: 10, today: TODAY }
  return {
    memory: await share(async (text) => (await memory.search({ text, ...top })).items),
    postgres: await share(async (text) => (await postgres.search({ text, ...top })).items),
    fullText: await share(async (text) => await fullText.search({ text, ...top })),
  }
}

/** Words people type, two of three with something chosen; the same at every run. */
function questionsWithFilters(of: readonly QuestionSet[]): SearchQuery[] {
  const dice = mulberry32(11)
  const choices: SearchFilters[] = [{}, { available: true }, { priceFrom: 500, priceTo: 3_000, shop: "0001" }]
  const texts = of.flatMap(({ questions }) => questions.map(({ text }) => text))
  return Array.from({ length: 2_000 }, () => ({
    text: texts[Math.floor(dice() * texts.length)]!,
    filters: choices[Math.floor(dice() * 3)]!,
    today: TODAY,
  }))
}

function typedLetterByLetter(of: readonly QuestionSet[]): SearchQuery[] {
  const texts = of.flatMap(({ questions }) => questions.map(({ text }) => text)).slice(0, 300)
  return texts.flatMap((text) => Array.from(text, (_, at) => ({ text: text.slice(0, at + 1), today: TODAY })))
}

async function timesOf(
  ask: (query: SearchQuery) => Promise<unknown>,
  queries: readonly SearchQuery[],
): Promise<{ p50: number; p99: number }> {
  for (const query of queries.slice(0, 200)) await ask(query) // compiled code, plans
  const rounds: { p50: number; p99: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const millis: number[] = []
    for (const query of queries) {
      const from = performance.now()
      await ask(query)
      millis.push(performance.now() - from)
    }
    rounds.push({ p50: quantile(millis, 0.5), p99: quantile(millis, 0.99) })
  }
  const mid = (of: "p50" | "p99") => Number(median(rounds.map((round) => round[of])).toFixed(2))
  return { p50: mid("p50"), p99: mid("p99") }
}

/** Letter by letter, each for the first time: what was suggested once is remembered, so every round has an index of its own. */
async function typingTimes(queries: readonly SearchQuery[]): Promise<{ p50: number; p99: number }> {
  const rounds: { p50: number; p99: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = new MemoryIndex(data!)
    const millis: number[] = []
    for (const { text = "" } of queries) {
      const from = performance.now()
      await fresh.suggest({ text, today: TODAY })
      millis.push(performance.now() - from)
    }
    rounds.push({ p50: quantile(millis, 0.5), p99: quantile(millis, 0.99) })
  }
  const mid = (of: "p50" | "p99") => Number(median(rounds.map((one) => one[of])).toFixed(2))
  return { p50: mid("p50"), p99: mid("p99") }
}

async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const millis: number[] = []
  for (let time = 0; time < 31; time += 1) {
    const from = performance.now()
    await work()
    millis.push(performance.now() - from)
  }
  return Number(median(millis).toFixed(2))
}

/** How good the order is, by people's judgement of ten thousand pairs of a query and a title (CrowdFlower, English); what nobody judged counts as bad. */
function judged() {
  const file = sharedFile("relevance/crowdflower-search-relevance.tsv.gz")
  if (!file) return undefined
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n").slice(1)
  const titles = new Map<string, number>()
  const grades = new Map<string, Map<number, number>>()
  for (const line of lines) {
    const [, query = "", title = "", , grade = ""] = line.split("\t")
    if (!titles.has(title)) titles.set(title, titles.size + 1)
    if (!grades.has(query)) grades.set(query, new Map())
    grades.get(query)!.set(titles.get(title)!, Number(grade) - 1)
  }
  return { grades, documents: [...titles].map(([title, no]) => ({ no, title })), pairs: lines.length }
}

function indexOf(documents: readonly { no: number; title: string }[]): MemoryIndex {
  return new MemoryIndex({
    documents: documents.map(({ no, title }) => ({
      ...{
        no,
        name: { ru: title, be: title, en: title },
        brand: null,
        category: null,
        country: null,
        attributes: {},
        labels: [],
        eans: [],
      },
      ...{ skus: [], ingredients: [], novelDay: null, popularity: 0, stars: { sum: 0, count: 0 }, products: [no] },
    })),
    words: { categories: [], brands: [], attributes: [] },
    ...{ prices: [], stock: new Map<string, number[]>(), version: 1 },
  })
}

async function judge(): Promise<void> {
  const set = judged()
  if (!set) return
  const { grades, documents, pairs } = set
  const engine = indexOf(documents)
  const mini = new MiniSearch({ fields: ["title"], idField: "no", searchOptions: { fuzzy: 0.2, prefix: false } })
  mini.addAll(documents)
  const plain = await FullText.over(
    own.owner,
    documents.map(({ no, title }) => ({ no, name: { ru: title }, brand: null, category: null })),
    "english",
  )
  const told = async (ask: (text: string) => Promise<number[]>) => Number((await ndcgOf(grades, ask)).toFixed(3))
  console.log(
    JSON.stringify({
      "NDCG@10": {
        ours: await told(async (text) => (await engine.search({ text, limit: 10, today: TODAY, broad: true })).items),
        miniSearch: await told(async (text) =>
          mini
            .search(text)
            .slice(0, 10)
            .map(({ id }) => Number(id)),
        ),
        fullText: await told((text) => plain.search({ text, limit: 10, today: TODAY })),
      },
      queries: grades.size,
      pairs,
    }),
  )
}
