import { useContext, useEffect } from "react"
import { UNSAFE_DataRouterStateContext, UNSAFE_FrameworkContext } from "react-router"
import { comeAlive, hearLater, type Life, openingAnew } from "./come-alive.ts"
import { Handed } from "./handed.ts"

/**
 * In the place of React Router's `<Scripts>`, which puts script before the first picture: the same data and the same modules, begun by `comeAlive` when the page was seen.
 * What it reads of the framework has no public name; packages are pinned, and no page comes to life in the journeys if it is called otherwise one day.
 */
export function Start({ nonce }: { nonce: string | undefined }) {
  const frame = useContext(UNSAFE_FrameworkContext)
  const state = useContext(UNSAFE_DataRouterStateContext)
  useEffect(() => void document.dispatchEvent(new Event("alive")), [])
  const by = nonce ?? frame?.nonce
  const handed = useContext(Handed)
  const context = frame?.serverHandoffString && contextScript(frame.serverHandoffString, handed)
  const start = import.meta.env.SSR && frame && state && startScript(frame.manifest, state.matches)
  return (
    <>
      <script nonce={by} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: context || " " }} />
      <script nonce={by} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: start || " " }} data-start="" />
    </>
  )
}

/** What React Router's own says, word for word: where the data of the page comes from, and the data. */
const contextScript = (handoff: string, handed = ""): string =>
  `window.__reactRouterContext=${handoff};window.__reactRouterContext.stream=new ReadableStream({start(controller){controller.enqueue(${written(handed)});controller.close()}}).pipeThrough(new TextEncoderStream())`

/** A text as script inside a page: it can end neither the script nor a line. */
const written = (text: string): string =>
  JSON.stringify(text).replaceAll(/[&<>\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)

type Manifest = NonNullable<React.ContextType<typeof UNSAFE_FrameworkContext>>["manifest"]
type Matches = NonNullable<React.ContextType<typeof UNSAFE_DataRouterStateContext>>["matches"]

function startScript(manifest: Manifest, matches: Matches): string {
  const shown = matches.map(({ route }) => manifest.routes[route.id]!)
  const modulesOf = ({ clientActionModule, clientLoaderModule, clientMiddlewareModule, module }: (typeof shown)[number]): string[] =>
    [clientActionModule, clientLoaderModule, clientMiddlewareModule, module].filter((one) => one !== undefined)
  const life: Life = {
    parts: [
      ...new Set([
        manifest.url,
        ...manifest.entry.imports,
        ...shown.flatMap((route) => [...(route.imports ?? []), ...modulesOf(route)]),
        manifest.entry.module,
      ]),
    ].slice(0, -1),
    routes: Object.fromEntries(shown.map((route) => [route.id, modulesOf(route)])),
    entry: manifest.entry.module,
  }
  const broke = `(${openingAnew.toString()})(${JSON.stringify(life.entry)})`
  return `(${comeAlive.toString()})(${JSON.stringify(life)},${broke});(${hearLater.toString()})()`
}
