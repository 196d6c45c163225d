/// <reference lib="webworker" />
// Shows notifications. Keeps what the card, the price check and the shops need without a network, and nothing else: versioned public files. Private answers are never kept (security rule 32).

declare const FILES: readonly string[]
/** large, and wanted by few: the reader of barcodes */
declare const LATER: readonly string[]
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
  if (event.data === "keep the scanner") event.waitUntil(keepLater())
})

worker.addEventListener("fetch", (event) => {
  const { request } = event
  if (request.method !== "GET") return
  if (request.mode === "navigate") return event.respondWith(pageOrPocket(request))
  const { pathname } = new URL(request.url)
  if (FILES.includes(pathname) || LATER.includes(pathname)) event.respondWith(keptOrFetched(request))
})

type Note = { title?: unknown; text?: unknown; opens?: unknown; lang?: unknown; tag?: unknown }

const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

// what was sealed for this browser alone: shown even when it can't be read, for a browser that shows nothing loses the right to be told
worker.addEventListener("push", (event) => {
  const note = noteIn(event.data)
  shown = shown.catch(() => undefined).then(() => show(note))
  event.waitUntil(shown)
})

/** One after another, as they came: two that wait for their icons at once would end in any order, the older in place of the newer. */
let shown: Promise<void> = Promise.resolve()

function show(note: Note): Promise<void> {
  const tag = asText(note.tag)
  return worker.registration.showNotification(asText(note.title) ?? "Мила", {
    ...{ body: asText(note.text) ?? "", lang: asText(note.lang) ?? "ru", icon: "/icons/icon-192.png", badge: "/icons/icon-192.png" },
    ...(tag === undefined ? {} : { tag }),
    data: { opens: asText(note.opens) ?? "/my" },
  })
}

function noteIn(data: PushMessageData | null): Note {
  try {
    const note: unknown = data?.json()
    return typeof note === "object" && note !== null ? note : {}
  } catch {
    return {}
  }
}

worker.addEventListener("notificationclick", (event) => {
  event.notification.close()
  const { opens } = event.notification.data as { opens: string }
  event.waitUntil(open(opens))
})

/** Opens a page of ours: in the window that is there, or in a new one. What leads elsewhere opens the account. */
async function open(opens: string): Promise<void> {
  const asked = new URL(opens, worker.location.origin)
  const page = asked.origin === worker.location.origin ? asked.href : `${worker.location.origin}/my`
  const [window] = await worker.clients.matchAll({ type: "window" })
  const shown = await window?.navigate(page).catch(() => null)
  await (shown ? shown.focus() : worker.clients.openWindow(page))
}

// the service gave this browser another address: our server hears of it from here, for no page may be open for weeks
worker.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription: former, newSubscription } = event
  event.waitUntil(renew(former, newSubscription))
})

const OURS = "/my/subscriptions/push"

async function renew(former: PushSubscription | null, given: PushSubscription | null): Promise<void> {
  const subscription = given ?? (await subscribedAnew())
  if (!subscription) return
  await fetch(OURS, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ subscription: subscription.toJSON(), former: former?.endpoint ?? null }),
  })
}

/** With the key our server has today: many browsers don't say which it was, and ours may have changed. None where nobody is told here any more. */
async function subscribedAnew(): Promise<PushSubscription | null> {
  const answer = await fetch(`${OURS}?key`)
  const { publicKey } = (await answer.json().catch(() => ({}))) as { publicKey?: string | null }
  return publicKey ? worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }) : null
}

async function keepLater(): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const file of LATER) if (!(await cache.match(file))) await cache.add(file)
}

/** What opens instead of a page when there is no server; the card and a price are not waited for either. */
const AWAY: readonly { page: RegExp; file: string; waits: boolean }[] = [
  { page: /^\/(?:(?:be|en)\/)?my\/card$/, file: "/pocket.html", waits: false },
  { page: /^\/(?:(?:be|en)\/)?price-check$/, file: "/away-price.html", waits: false },
  { page: /^\/(?:(?:be|en)\/)?shops(?:\/[^/]+)?$/, file: "/away-shops.html", waits: true },
]

/** The page as the server has it; without a server, or without patience, what the phone has instead. */
async function pageOrPocket(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const { file, waits } = AWAY.find(({ page }) => page.test(pathname)) ?? { file: "/pocket.html", waits: true }
  const instead = async () => (await caches.match(file)) ?? Response.error()
  const tired = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined))
  try {
    const asked = fetch(request)
    return (waits ? await asked : await Promise.race([asked, tired])) ?? (await instead())
  } catch {
    return instead()
  }
}

const keptOrFetched = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request)
