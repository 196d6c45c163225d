import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { test } from "node:test"
import { untidiness } from "./tidy.ts"

const SOUND = {
  "modules/ledger/package.json": "{}",
  "modules/ledger/README.md": "# The ledger",
  "modules/ledger/index.ts": 'export { post } from "./post.ts"',
  "modules/ledger/post.ts":
    "/** Posts once. */\nexport function post(at: Date): Date {\n  return at // the user reads bonus on the screen\n}\n",
  "db/migrations/0001_ledger.sql": "-- why\ncreate table ledger.entry (id int);",
  "package-lock.json": '{ "resolved": "https://registry.npmjs.org/pg/-/pg-8.23.1.tgz" }',
}

function found(change: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), "tidy-"))
  try {
    for (const [file, text] of Object.entries({ ...SOUND, ...change })) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return untidiness(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

const act = (text: string): Record<string, string> => ({ "modules/ledger/act.ts": text })
const lines = (count: number): string => "  void 0\n".repeat(count)

test("a tidy tree has nothing to say", () => assert.deepEqual(found({}), []))

const BROKEN: [string, Record<string, string>, RegExp][] = [
  [
    "a word that means something else",
    act("export const one = 1\nconst bonusTotal = 2"),
    /^modules\/ledger\/act\.ts:2: bonusTotal: say points/,
  ],
  ["a word inside a longer name", act("const of = (shop_user: number) => shop_user"), /act\.ts:1: shop_user: say member/],
  ["points that are burnt", act("function burnPoints() {}"), /burnPoints: say redeem/],
  ["an act that says nothing", act("function handleReceipt() {}"), /handleReceipt: an act says/],
  ["a file named for nothing", { "modules/ledger/utils.ts": "" }, /utils\.ts:1: a file is named/],
  ["a clock read in a module", act("const at = new Date()"), /act\.ts:1: only apps read the clock/],
  ["another way to read it", act("const at = Date.now()"), /act\.ts:1: only apps read the clock/],
  ["rounding outside the rules", act("const fee = Math.round(1.5)"), /act\.ts:1: rounding is a rule/],
  ["work put off without a decision", act("// TODO later"), /act\.ts:1: work put off/],
  ["a long file", act(lines(251)), /act\.ts:1: 251 lines/],
  ["a long function", act(`export function long() {\n${lines(49)}}\n`), /act\.ts:1: long has 51 lines/],
  ["a long arrow", act(`const long = () => {\n${lines(49)}}\n`), /act\.ts:1: long has 51 lines/],
  ["a migration without a number", { "db/migrations/ledger.sql": "-- why" }, /ledger\.sql:1: a migration is named/],
  ["a migration without a why", { "db/migrations/0002_more.sql": "create table x ()" }, /0002_more\.sql:1: a migration opens/],
  ["a module without a README", { "modules/tills/package.json": "{}" }, /modules\/tills:1: a README/],
  ["a face that promises nothing", { "modules/ledger/post.ts": "const one = 1\nexport function post() {}\n" }, /post\.ts:2: post is shown/],
  ["a registry of somebody's own", { "package-lock.json": '"resolved": "https://npm.example.test/pg.tgz"' }, /npm\.example\.test is not/],
  ["a path of one machine", { "README.md": "look into /home/anna/mila" }, /README\.md:1: a path of one machine/],
]
for (const [what, change, why] of BROKEN) test(`${what} is seen`, () => assert.match(found(change).join("\n"), why))

test("words of the screen, comments and a decision's number are left alone", () => {
  const text =
    '// the user sees this\nexport const title = "Your bonus"\nexport const tag = `coins`\n// TODO(0007) until then\n/* Date.now() */\n'
  assert.deepEqual(found(act(text)), [])
})

test("a check that reads nothing fails", () => {
  const empty = mkdtempSync(join(tmpdir(), "tidy-"))
  assert.match(untidiness(empty).join("\n"), /nothing was read/)
  rmSync(empty, { recursive: true })
})

test("the product itself is tidy", () => assert.deepEqual(untidiness(resolve(import.meta.dirname, "..")), []))
