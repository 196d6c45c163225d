import { mulberry32 } from "@mila/kernel"
import { codeOf, sqlCodeOf } from "./source.ts"

/** One small lie in a file: at the place `at`, `was` became `becomes`. */
export type Mutant = { file: string; at: number; line: number; was: string; becomes: string; within: string }

const SHARED: readonly [RegExp, string][] = [
  [/ <= /g, " < "],
  [/ < /g, " <= "],
  [/ >= /g, " > "],
  [/ > /g, " >= "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
]
const OF_TYPESCRIPT: readonly [RegExp, string][] = [
  ...SHARED,
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \* /g, " / "],
  [/\bMath\.min\b/g, "Math.max"],
  [/\bMath\.max\b/g, "Math.min"],
  [/\bMath\.floor\b/g, "Math.ceil"],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/(?<=[^\w.])0(?![\w.])/g, "1"],
  [/(?<=[^\w.])1(?![\w.])/g, "0"],
]
const OF_SQL: readonly [RegExp, string][] = [
  ...SHARED,
  [/ = /g, " <> "],
  [/ <> /g, " = "],
  [/\band\b/g, "or"],
  [/(?<!create )\bor\b/g, "and"],
  [/\bleast\b/g, "greatest"],
  [/\bgreatest\b/g, "least"],
  [/\bmin\b/g, "max"],
  [/\bmax\b/g, "min"],
  [/\bdesc\b/g, "asc"],
  [/ for no key update/g, ""],
  [/ for update/g, ""],
  [/(?<=[ (,])0(?=[ ),;])/g, "1"],
  [/\bis null\b/g, "is not null"],
  [/\bis not null\b/g, "is null"],
  [/\bnot exists\b/g, "exists"],
]

/** Every mutant of a file, in the order of their places. Imports, types and assignments of SQL's `set` are code too; strings and comments are not. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const isSql = file.endsWith(".sql")
  const code = isSql ? sqlCodeOf(text) : codeOf(text)
  const found: Mutant[] = []
  for (const [pattern, becomes] of isSql ? OF_SQL : OF_TYPESCRIPT) {
    for (const { 0: was, index: at } of code.matchAll(pattern)) {
      const before = code.slice(0, at)
      found.push({ file, at, line: before.split("\n").length, was, becomes, within: nameAround(before, isSql) })
    }
  }
  return found.toSorted((one, other) => one.at - other.at)
}

export function mutated(text: string, { at, was, becomes }: Mutant): string {
  return text.slice(0, at) + becomes + text.slice(at + was.length)
}

/** The function a place stands in; functions begin at the margin. */
function nameAround(before: string, isSql: boolean): string {
  const starts = isSql ? /^create or replace (?:function|view) (?:\w+\.)?(\w+)/gm : /^(?:export )?(?:async )?(?:function|const) (\w+)/gm
  return [...before.matchAll(starts)].at(-1)?.[1] ?? "(file)"
}

/** `most` of them, the same ones for the same seed. */
export function sampleOf(mutants: readonly Mutant[], { most, seed }: { most: number; seed: number }): Mutant[] {
  const random = mulberry32(seed)
  const drawn = mutants.map((mutant) => ({ mutant, place: random() })).toSorted((one, other) => one.place - other.place)
  return drawn.slice(0, most).map(({ mutant }) => mutant)
}
