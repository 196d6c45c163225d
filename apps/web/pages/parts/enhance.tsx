import { useEffect, useState } from "react"
import { InstallHint } from "./install-hint.tsx"
import { useLeadOn } from "./lead-on.ts"
import { useCutLine } from "./cut-line.ts"
import { useRoot } from "./root-data.ts"

/** What only a browser with script does: the service worker that keeps the card at hand without a network, the word that a new version is out, and the way on when its parts have other names. */
export function Enhance() {
  const { words } = useRoot()
  useLeadOn()
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null)
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return
    let reloading = false
    navigator.serviceWorker.register("/sw.js").then(
      (registration) => {
        const look = () => {
          if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting)
        }
        look()
        registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look))
      },
      () => undefined, // the page was left meanwhile, or this browser wants none
    )
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (reloading || !sessionStorage.getItem("updating")) return
      reloading = true
      sessionStorage.removeItem("updating")
      location.reload()
    })
  }, [])
  const isCut = useCutLine()
  if (isCut)
    return (
      <div className="toast" role="alert">
        {words.cut}
      </div>
    )
  if (!waiting) return <InstallHint />
  const refresh = () => {
    sessionStorage.setItem("updating", "1")
    waiting.postMessage("take over", {})
  }
  return (
    <div className="toast" role="status">
      {words.updated}{" "}
      <button type="button" className="link" onClick={refresh}>
        {words.refresh}
      </button>
    </div>
  )
}
