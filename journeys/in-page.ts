import type { Page } from "playwright-core"

/** Waits until what a script has changed stands on the screen. */
export const painted = (page: Page): Promise<unknown> =>
  page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

/** In the page's own words: a promise of what this phone keeps under a name. */
export const keptAs = (name: string): string => `new Promise((resolve) => {
  const asked = indexedDB.open("mila", 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore("pocket")
  asked.onsuccess = () => {
    const got = asked.result.transaction("pocket").objectStore("pocket").get(${JSON.stringify(name)})
    got.onsuccess = () => { asked.result.close(); resolve(got.result) }
  }
})`

/** In the page's own words: keeps a value under a name, as the pages do. */
export const keepAs = (name: string, value: unknown): string => `new Promise((resolve) => {
  const asked = indexedDB.open("mila", 1)
  asked.onsuccess = () => {
    const put = asked.result.transaction("pocket", "readwrite").objectStore("pocket").put(${JSON.stringify(value)}, ${JSON.stringify(name)})
    put.onsuccess = () => { asked.result.close(); resolve() }
  }
})`
