import { useEffect, useState } from "react"
import { useRoot } from "./root-data.ts"
import { isOffAppleHome } from "./apple-phone.ts"

/** Chromium's word that the page may be put on the home screen; on an iPhone a person does it by hand and is told how. */
type InstallPrompt = Event & { prompt(): Promise<unknown>; userChoice: Promise<{ outcome: "accepted" | "dismissed" }> }

const NOT_WANTED = "install-not-wanted"

const SIGNS = ["pointerdown", "keydown", "scroll"] as const

/**
 * Says in the account, once, that the card may stand on the home screen: to whoever has touched the page, so that a card shown at a till stays whole.
 * A person who waves it away is not told again in this browser.
 */
export function InstallHint() {
  const { words, path, signedIn } = useRoot()
  const [prompt, setPrompt] = useState<InstallPrompt | null>(null)
  const [byHand, setByHand] = useState(false)
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    const touch = () => setTouched(true)
    for (const sign of SIGNS) window.addEventListener(sign, touch, { once: true, passive: true })
    return () => SIGNS.forEach((sign) => window.removeEventListener(sign, touch))
  }, [])
  useEffect(() => {
    if (localStorage.getItem(NOT_WANTED)) return
    setByHand(isOffAppleHome())
    const keep = (event: Event) => {
      event.preventDefault() // the browser's own bar would come at once, and anywhere
      setPrompt(event as InstallPrompt)
    }
    const gone = () => setPrompt(null)
    window.addEventListener("beforeinstallprompt", keep)
    window.addEventListener("appinstalled", gone)
    return () => {
      window.removeEventListener("beforeinstallprompt", keep)
      window.removeEventListener("appinstalled", gone)
    }
  }, [])
  if ((!prompt && !byHand) || !touched || !signedIn || !/^\/my(?:\/card)?$/.test(path)) return null
  const dismiss = () => {
    localStorage.setItem(NOT_WANTED, "1")
    setPrompt(null)
    setByHand(false)
  }
  const install = async () => {
    if (!prompt) return
    await prompt.prompt()
    if ((await prompt.userChoice).outcome === "dismissed") localStorage.setItem(NOT_WANTED, "1")
    setPrompt(null)
  }
  return (
    <div className="toast" role="status" data-hint="install">
      {words.installSays}{" "}
      {prompt ? (
        <button type="button" className="link" onClick={() => void install()}>
          {words.install}
        </button>
      ) : (
        words.installByHand
      )}{" "}
      <button type="button" className="link" onClick={dismiss}>
        {prompt ? words.installNo : words.understood}
      </button>
    </div>
  )
}
