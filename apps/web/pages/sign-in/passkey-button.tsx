import { useEffect, useState } from "react"
import { useNavigation, useSubmit } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Icon } from "../parts/icon.tsx"
import { canUsePasskeys, offerPasskeys, signWithPasskey } from "../parts/passkeys.ts"
import { useRoot } from "../parts/root-data.ts"
import type { SignInWords } from "./words.ts"

/** Signs in by fingerprint, face or screen lock: with this button, or offered by the phone's field. `refused` is what our server said of the last try. */
export function PasskeyButton({ words, refused }: { words: SignInWords; refused: unknown }) {
  const { locale, publicUrl } = useRoot()
  const path = pathIn(locale, "/sign-in/passkey")
  const submit = useSubmit()
  const busy = useNavigation().state !== "idle"
  const [able, setAble] = useState(true)
  const [cancelled, setCancelled] = useState(0)
  const send = (passkey: string) => submit({ step: "passkey", passkey }, { method: "post" })
  useEffect(() => {
    const works = canUsePasskeys(publicUrl)
    setAble(works)
    return works ? offerPasskeys(path, (answer) => void send(answer)) : undefined
  }, [path, publicUrl, refused, cancelled])
  if (!able) return null
  const sign = () =>
    signWithPasskey(path).then(
      (answer) => send(answer),
      () => setCancelled((times) => times + 1),
    )
  return (
    <div className="needs-script">
      <button type="button" className="button quiet wide" disabled={busy} onClick={() => void sign()}>
        <Icon name="passkey" />
        {words.byPasskey}
      </button>
      <p className="hint" role="status">
        {cancelled > 0 ? words.noPasskey : null}
      </p>
    </div>
  )
}
