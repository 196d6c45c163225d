import { useEffect, useState } from "react"
import { useLocation } from "react-router"

/**
 * Leads on whoever pressed a link whose page has a part that did not come: after a new version its old name leads nowhere, and a browser asks for what failed no second time. React
 * Router opens the page one is on anew; here it is the page that was asked for, whole from the server. A browser without the Navigation API stays, and the link is pressed again.
 */
export function useLeadOn(): void {
  const { pathname, search } = useLocation()
  useEffect(() => {
    if (!("navigation" in window)) return
    let asked: string | undefined
    const press = ({ defaultPrevented, target }: Event): void => {
      const link = defaultPrevented && target instanceof Element && target.closest<HTMLAnchorElement>("a[href]") // the router follows it
      if (link) asked = link.href
    }
    const goOn = (going: NavigateEvent): void => {
      if (going.navigationType !== "reload" || going.userInitiated || asked === undefined) return
      going.preventDefault()
      location.assign(asked)
    }
    window.addEventListener("click", press)
    window.navigation.addEventListener("navigate", goOn)
    return () => {
      window.removeEventListener("click", press)
      window.navigation.removeEventListener("navigate", goOn)
    }
  }, [pathname, search])
}

const OPENED = "opened-anew"
const ONCE_MS = 30_000

/**
 * Whether the page is being opened anew, after what only a browser says: the network is gone, a part of a page did not come. The server has the page whole, and without a network the
 * phone has one in its place. What breaks again within moments is told.
 */
export function useOpenAnew(error: unknown): boolean {
  const [opens] = useState(() => !import.meta.env.SSR && error instanceof TypeError && Date.now() - openedAt() > ONCE_MS)
  useEffect(() => {
    if (!opens) return
    sessionStorage.setItem(OPENED, String(Date.now()))
    location.replace(location.href.replace(/#.*$/, ""))
  }, [opens])
  return opens
}

const openedAt = (): number => Number(sessionStorage.getItem(OPENED) ?? 0)
