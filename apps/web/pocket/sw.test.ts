import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { test } from "node:test"
import { createContext, runInContext } from "node:vm"

// The service worker as it is built and served, in a browser's part played here: what only a maker's service or a touch on a real screen could set off.

const ORIGIN = "https://mila.example"
const BUILT = readFileSync(resolve(import.meta.dirname, "../build/client/sw.js"), "utf8")
const plain = (value: unknown): any => JSON.parse(JSON.stringify(value))

type Window = { navigate(page: string): Promise<Window | null>; focus(): Promise<void> }
type Scene = {
  /** windows of ours that are open, the one used last first */
  windows?: Window[]
  /** what our server answers to whoever asks for its key */
  key?: string | null
}

/** A browser with our worker in it, and everything the worker did. */
function aBrowser({ windows = [], key = null }: Scene = {}) {
  const hears = new Map<string, (event: object) => void>()
  const did: unknown[] = []
  const scope = {
    location: { origin: ORIGIN },
    addEventListener: (name: string, does: (event: object) => void) => void hears.set(name, does),
    clients: {
      matchAll: () => Promise.resolve(windows),
      openWindow: (page: string) => Promise.resolve(void did.push(["opened", page])),
    },
    registration: {
      pushManager: {
        subscribe: (options: unknown) => {
          did.push(["subscribed", options])
          return Promise.resolve({ endpoint: "https://push.example/new", toJSON: () => ({ endpoint: "https://push.example/new" }) })
        },
      },
    },
    fetch: (path: string, asked?: { method: string; body: string }) => {
      did.push(asked ? [asked.method, path, JSON.parse(asked.body)] : ["GET", path])
      return Promise.resolve(Response.json({ publicKey: key }))
    },
    ...{ URL, Response, setTimeout },
  }
  runInContext(BUILT, createContext(Object.assign(scope, { self: scope })))
  const happens = async (name: string, event: object) => {
    let work: Promise<unknown> | undefined
    hears.get(name)!({ ...event, waitUntil: (promise: Promise<unknown>) => void (work = promise) })
    await work
  }
  return { did: () => plain(did), happens }
}

function aWindow({ navigates = true } = {}) {
  const seen: string[] = []
  const window: Window = {
    navigate: async (page) => {
      if (!navigates) throw new TypeError("not ours to move")
      seen.push(page)
      return window
    },
    focus: async () => void seen.push("focus"),
  }
  return { window, seen }
}

const touched = (opens: string) => {
  let closed = false
  const notification = { data: { opens }, close: () => (closed = true) }
  return { event: { notification }, isClosed: () => closed }
}

test("a touched notification goes away and opens its page in the window that is there, or in a new one", async () => {
  const { window, seen } = aWindow()
  const there = aBrowser({ windows: [window, aWindow().window] })
  const touch = touched("/be/my/bonuses")
  await there.happens("notificationclick", touch.event)
  assert.deepEqual([touch.isClosed(), seen, there.did()], [true, [`${ORIGIN}/be/my/bonuses`, "focus"], []])
  const none = aBrowser()
  await none.happens("notificationclick", touched("/my/card").event)
  assert.deepEqual(none.did(), [["opened", `${ORIGIN}/my/card`]])
  const stuck = aBrowser({ windows: [aWindow({ navigates: false }).window] })
  await stuck.happens("notificationclick", touched("/my/card").event)
  assert.deepEqual(stuck.did(), [["opened", `${ORIGIN}/my/card`]], "a window that may not be moved is left alone")
})

test("a notification leads nowhere but to us", async () => {
  for (const opens of ["https://evil.example/my", "//evil.example", "javascript:alert(1)", "data:text/html,x"]) {
    const browser = aBrowser()
    await browser.happens("notificationclick", touched(opens).event)
    assert.deepEqual(browser.did(), [["opened", `${ORIGIN}/my`]], opens)
  }
})

const SUBSCRIBED = ["subscribed", { userVisibleOnly: true, applicationServerKey: "our-key" }]
const told = (endpoint: string, former: string | null) => ["POST", "/my/subscriptions/push", { subscription: { endpoint }, former }]

test("an address that its service ended is renewed with our key of today, whether the browser says what it was, or not", async () => {
  for (const [oldSubscription, former] of [
    [{ endpoint: "https://push.example/old", options: { applicationServerKey: null } }, "https://push.example/old"],
    [{ endpoint: "https://push.example/old", options: { applicationServerKey: "a former key" } }, "https://push.example/old"],
    [null, null],
    [undefined, null],
  ] as const) {
    const browser = aBrowser({ key: "our-key" })
    await browser.happens("pushsubscriptionchange", { oldSubscription, newSubscription: null })
    assert.deepEqual(browser.did(), [["GET", "/my/subscriptions/push?key"], SUBSCRIBED, told("https://push.example/new", former)])
  }
})

test("a new address that the browser brings itself is told as it is; who is told nothing here is not subscribed again", async () => {
  const brought = aBrowser({ key: "our-key" })
  const newSubscription = { toJSON: () => ({ endpoint: "https://push.example/brought" }) }
  await brought.happens("pushsubscriptionchange", { oldSubscription: null, newSubscription })
  assert.deepEqual(brought.did(), [told("https://push.example/brought", null)])
  const off = aBrowser()
  await off.happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null })
  assert.deepEqual(off.did(), [["GET", "/my/subscriptions/push?key"]])
})
