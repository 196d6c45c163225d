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
