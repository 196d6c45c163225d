/** What a page runs once it is seen: the scripts of the framework and of the page, in the order they need one another. */
export type Life = {
  /** fetched at once when it begins, run one by one */
  parts: readonly string[]
  /** the modules of each route that is shown, by its name */
  routes: Readonly<Record<string, readonly string[]>>
  entry: string
}

declare global {
  interface Window {
    __reactRouterRouteModules?: Record<string, object>
  }
}

/**
 * Runs in the page itself, as text: nothing outside of it is there. A page is whole without script, so script waits until it was seen and the line is free, three seconds
 * at most; whoever touches the page meanwhile has it begin at once, and `broke` hears when a part did not come. Each part is run in a turn of its own, so that a slow phone answers between them.
 */
export function comeAlive({ parts, routes, entry }: Life, broke: () => void): void {
  const signs = ["pointerdown", "pointermove", "keydown", "input", "wheel"]
  let [begun, pause] = [false, 500]
  let asked: Promise<void> | undefined

  const { port1, port2 } = new MessageChannel() // timers that follow one another are held back
  const turn = (): Promise<unknown> =>
    new Promise((go) => {
      port1.addEventListener("message", go, { once: true })
      port1.start()
      port2.postMessage(null)
    })
  const ask = async (): Promise<void> => {
    for (const href of [...parts, entry]) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }))
      await turn()
    }
  }
  const run = async (): Promise<void> => {
    for (const part of parts) {
      await import(/* @vite-ignore */ part)
      await turn()
    }
    const shown: Record<string, object> = {}
    for (const [name, modules] of Object.entries(routes))
      shown[name] = Object.assign({}, ...(await Promise.all(modules.map((module) => import(/* @vite-ignore */ module)))))
    window.__reactRouterRouteModules = shown
    await import(/* @vite-ignore */ entry)
  }
  const begin = (): void => {
    if (begun) return
    begun = true
    asked ??= ask()
    asked.then(run).catch(() => {
      begun = false // the line broke: again in a while, or at the next touch
      setTimeout(begin, (pause *= 2))
      broke()
    })
  }
  const seen = () => requestAnimationFrame(() => setTimeout(() => (window.requestIdleCallback ?? setTimeout)(begin)))

  document.addEventListener("alive", () => {
    port1.close()
    for (const sign of signs) removeEventListener(sign, begin, true)
  })
  for (const sign of signs) addEventListener(sign, begin, { capture: true, passive: true })
  if (document.readyState === "complete") seen()
  else addEventListener("load", seen)
  setTimeout(begin, 3_000)
}

/**
 * Runs there too: what opens the page anew when a part did not come. A browser asks for what failed no second time, and after a new version its name leads nowhere; so once the line
 * is there again, a new page brings it. Not while somebody writes in this one or is on the way to another, not where it answers a form, and not twice within half a minute.
 */
export function openingAnew(part: string): () => void {
  let isTaken = false
  for (const sign of ["input", "beforeunload"]) addEventListener(sign, () => (isTaken = true), { capture: true, once: true })
  const open = (): void => {
    const isRecent = Date.now() - Number(sessionStorage.getItem("opened-anew")) < 30_000
    if (isTaken || isRecent || document.referrer === location.href) return
    sessionStorage.setItem("opened-anew", String(Date.now()))
    location.replace(location.href.replace(/#.*$/, ""))
  }
  return () => void fetch(part, { cache: "no-store" }).then(open, () => undefined)
}

/** Runs there too: says in the page that it has come to life, and presses again a button that was pressed when nobody could hear it. */
export function hearLater(): void {
  let pressed: HTMLElement | null = null
  const press = ({ target }: Event): void => {
    pressed = target instanceof Element ? target.closest<HTMLElement>("button[type=button]") : null
  }
  addEventListener("click", press, true)
  document.addEventListener("hydrating", () => removeEventListener("click", press, true)) // from here on React hears
  document.addEventListener("alive", () => {
    document.documentElement.dataset["alive"] = ""
    if (pressed?.isConnected) pressed.click()
  })
}
