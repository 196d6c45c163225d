import { isOffAppleHome } from "../../parts/apple-phone.ts"

/** What this browser is, as far as notifications go. */
export type PushState = "unknown" | "off" | "on" | "denied" | "unsupported" | "home_screen"

/** Looks, and asks nobody anything. `isKept`: our server knows a subscription of this session. */
export async function pushState(isKept: boolean): Promise<PushState> {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window))
    return isOffAppleHome() ? "home_screen" : "unsupported"
  if (Notification.permission === "denied") return "denied"
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  return isKept && subscription && Notification.permission === "granted" ? "on" : "off"
}

/**
 * Turns notifications on here: the browser asks its person, subscribes at its maker's service, and our server keeps what came of it. Only ever called by a touch.
 * Errors: the service did not answer, or our server refused.
 */
export async function subscribeHere(path: string, publicKey: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== "granted") return Notification.permission === "denied" ? "denied" : "off"
  const { pushManager } = await navigator.serviceWorker.ready
  const former = await pushManager.getSubscription()
  await former?.unsubscribe() // it may hang on keys of ours that are no more, or on whoever was signed in here before
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ subscription: subscription.toJSON(), former: former?.endpoint ?? null }),
  })
  if (!answer.ok) throw new Error("not kept")
  return "on"
}
