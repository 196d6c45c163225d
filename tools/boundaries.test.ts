import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { test } from "node:test"
import { violations } from "./boundaries.ts"

const SOUND = {
  "kernel/package.json": '{ "name": "@mila/kernel" }',
  "kernel/index.ts": "export const one = 1",
  "modules/ledger/package.json": '{ "name": "@mila/ledger", "dependencies": { "@mila/kernel": "*" } }',
  "modules/ledger/index.ts": 'import { one } from "@mila/kernel"\nexport const text = `select * from ledger.entry`\nexport { one }',
  "modules/tills/package.json": '{ "name": "@mila/tills", "dependencies": { "@mila/ledger": "*" } }',
  "modules/tills/index.ts": 'export { text } from "@mila/ledger"',
  "apps/api/package.json": '{ "name": "@mila/api", "dependencies": { "@mila/tills": "*" } }',
  "apps/api/index.ts": 'export { text } from "@mila/tills"',
  "db/migrations/0001_ledger.sql": "-- why\ncreate table ledger.entry (id int);",
}

function found(change: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), "boundaries-"))
  try {
    for (const [file, text] of Object.entries({ ...SOUND, ...change })) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return violations(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test("a sound tree has no violation", () => assert.deepEqual(found({}), []))

const BROKEN: [string, Record<string, string>, RegExp][] = [
  ["an import that package.json does not list", { "modules/ledger/act.ts": 'import "@mila/tills"' }, /does not list/],
  ["a way round the face", { "modules/tills/act.ts": 'import "../ledger/post.ts"' }, /reaches out/],
  ["test helpers in product code", { "modules/tills/act.ts": 'import "@mila/ledger/testing"' }, /test helpers/],
  ["somebody else's table", { "modules/tills/act.ts": "export const s = `select 1 from ledger.entry`" }, /touches tables of ledger/],
  [
    "a cycle",
    { "modules/ledger/package.json": '{ "name": "@mila/ledger", "dependencies": { "@mila/kernel": "*", "@mila/tills": "*" } }' },
    /cycle/,
  ],
  [
    "a door that a module imports",
    { "modules/tills/package.json": '{ "name": "@mila/tills", "dependencies": { "@mila/ledger": "*", "@mila/api": "*" } }' },
    /nobody imports a door/,
  ],
  [
    "a migration in another module's schema",
    { "db/migrations/0002_tills.sql": "alter table ledger.entry add x int;" },
    /touches tables of ledger/,
  ],
  ["two migrations of one number", { "db/migrations/0001_tills.sql": "-- why" }, /number 0001 is taken/],
]
for (const [what, change, why] of BROKEN) test(`${what} is seen`, () => assert.match(found(change).join("\n"), why))

test("a check that reads nothing fails", () => {
  const empty = mkdtempSync(join(tmpdir(), "boundaries-"))
  assert.match(violations(empty).join("\n"), /nothing was read/)
  rmSync(empty, { recursive: true })
})
