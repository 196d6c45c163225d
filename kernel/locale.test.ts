import assert from "node:assert/strict"
import { test } from "node:test"
import { localeWanted } from "./locale.ts"

test("the language wanted most of those we speak; Russian when nothing fits", () => {
  const wanted: [string | undefined, string][] = [
    [undefined, "ru"],
    ["be-BY,ru;q=0.5", "be"],
    ["de, en;q=0.8, ru;q=0.2", "en"],
    ["ru;q=0.1, be;q=0.9", "be"],
    ["en;q=0", "ru"],
    ["EN-us", "en"],
    ["de", "ru"],
    ["*", "ru"],
    ["benign", "ru"], // a word that begins like ours
    [",;q=;;", "ru"],
  ]
  for (const [asked, told] of wanted) assert.equal(localeWanted(asked), told, asked)
})
