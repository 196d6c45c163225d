import type { Web } from "./testing.ts"

/** Waits until a page says all this: the search follows what is written by itself, a moment later. */
export async function shows({ visitor }: Web, path: string, words: readonly string[]): Promise<void> {
  for (let shown = ""; !words.every((word) => shown.includes(word)); await new Promise((wake) => setTimeout(wake, 50)))
    shown = (await (await visitor().get(path)).text()).replaceAll("\u00a0", " ")
}
