/// <reference lib="webworker" />
// Keeps what the card needs without a network, and nothing else: versioned public files. Private answers are never kept (security rule 32).

declare const FILES: readonly string[]
declare const VERSION: string

const worker = globalThis as unknown as ServiceWorkerGlobalScope

const CACHE = `mila-${VERSION}`
const PATIENCE_MS = 4_000

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...FILES])))
})

worker.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(forget())
})

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting()
})

worker.addEventListener("fetch", (event) => {
  const { request } = event
  if (request.method !== "GET") return
  if (request.mode === "navigate") return event.respondWith(pageOrPocket(request))
  if (FILES.includes(new URL(request.url).pathname)) event.respondWith(keptOrFetched(request))
})

/** The page as the server has it; without a server, or without patience, the pocket with the card. */
async function pageOrPocket(request: Request): Promise<Response> {
  const pocket = async () => (await caches.match("/pocket.html")) ?? Response.error()
  const tired = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined))
  try {
    const asked = fetch(request)
    const isCard = /^\/(?:(?:be|en)\/)?my\/card$/.test(new URL(request.url).pathname)
    return (isCard ? await Promise.race([asked, tired]) : await asked) ?? (await pocket())
  } catch {
    return pocket()
  }
}

const keptOrFetched = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request)
