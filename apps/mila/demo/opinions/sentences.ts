import type { Traits } from "../shelves/family.ts"

/** What people say of a thing, by how content they are. `{she|he}` depends on who writes. */
export type Opinions = { good: readonly string[]; mixed: readonly string[]; bad: readonly string[] }

/** Sentences of one language: how a review begins, what it says of this kind of thing, how it ends, and what the shop answers. */
export type Sentences = {
  begins: Opinions
  about: Readonly<Record<Traits, Opinions>>
  ends: Opinions
  answers: Opinions
}
