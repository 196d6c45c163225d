import { useEffect, useState } from "react"
import { Form, useNavigation, useSubmit } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Field } from "../../parts/field.tsx"
import { Icon } from "../../parts/icon.tsx"
import { canUsePasskeys, makePasskey, PasskeyRefused, signWithPasskey, tellAccepted } from "../../parts/passkeys.ts"
import { useRoot } from "../../parts/root-data.ts"
import type { PasskeyWords } from "./passkey-words.ts"
import type { passkeysShown } from "./passkeys.server.ts"

export type PasskeysShown = NonNullable<Awaited<ReturnType<typeof passkeysShown>>>

/** Passkeys in words of people who never heard of any. */
export function Passkeys({ shown }: { shown: PasskeysShown }) {
  const { words, list } = shown
  return (
    <section className="panel" id="passkeys">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <p className="soft">{words.safe}</p>
      {list.length > 0 && (
        <ul className="rows">
          {list.map((one) => (
            <PasskeyRow key={one.passkeyId} {...{ one, words }} />
          ))}
        </ul>
      )}
      <AddPasskey shown={shown} />
    </section>
  )
}

function PasskeyRow({ one: { passkeyId, name, state, note, says }, words }: { one: PasskeysShown["list"][number]; words: PasskeyWords }) {
  const which = <input type="hidden" name="passkey-id" value={passkeyId} />
  return (
    <li>
      <div className="two">
        <b>{name}</b>
        <Form method="post" className="inline">
          {which}
          <button className="link" name="act" value="remove-passkey" aria-label={`${words.remove}: ${name}`}>
            {words.remove}
          </button>
        </Form>
      </div>
      <small>{says}</small>
      {note && <p className="alert">{note}</p>}
      {state === "asleep" && (
        <Form method="post" className="row">
          {which}
          <button className="button quiet small" name="act" value="wake-passkey" aria-label={`${words.wake}: ${name}`}>
            {words.wake}
          </button>
        </Form>
      )}
      <details>
        <summary aria-label={`${words.rename}: ${name}`}>{words.rename}</summary>
        <Form method="post">
          {which}
          <Field name="name" id={`name-${passkeyId}`} label={words.name} defaultValue={name} required maxLength={60} autoComplete="off" />
          <p className="row">
            <button className="button quiet small" name="act" value="name-passkey">
              {words.save}
            </button>
          </p>
        </Form>
      </details>
    </li>
  )
}

/** Where passkeys work: `wait` until the browser was asked, `elsewhere` at another of our addresses. */
type Ability = "wait" | "able" | "unable" | "elsewhere"

function useAbility(): Ability {
  const { publicUrl } = useRoot()
  const [ability, setAbility] = useState<Ability>("wait")
  useEffect(() => {
    const isHome = location.origin === new URL(publicUrl).origin
    setAbility(canUsePasskeys(publicUrl) ? "able" : isHome ? "unable" : "elsewhere")
  }, [publicUrl])
  return ability
}

function AddPasskey({ shown: { words, elsewhere, accepted } }: { shown: PasskeysShown }) {
  const { locale } = useRoot()
  const submit = useSubmit()
  const busy = useNavigation().state !== "idle"
  const ability = useAbility()
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (ability === "able") tellAccepted(accepted)
  }, [ability, accepted.allAcceptedCredentialIds.join()])
  if (ability === "unable" || ability === "elsewhere") return <p className="soft">{ability === "unable" ? words.unable : elsewhere}</p>
  const send = (passkey: string) => submit({ act: "add-passkey", passkey }, { method: "post" })
  const add = () => {
    setSaid(null)
    return makePasskey(pathIn(locale, "/my/devices/passkey"), { for: "add" }).then(send, (error: unknown) => {
      const why = error instanceof PasskeyRefused ? error.message : "refused"
      if (why === "reauth_required" || why === "too_many_passkeys") return send("") // the page says the rest
      setSaid(why === "cancelled" || why === "known" ? words[why] : words.refused)
    })
  }
  return (
    <>
      <p className="soft without-script">{words.needsScript}</p>
      <div className="needs-script">
        <button type="button" className="button wide" disabled={busy || ability === "wait"} onClick={() => void add()}>
          <Icon name="passkey" />
          {words.add}
        </button>
        <p className="hint" role="status">
          {said}
        </p>
      </div>
    </>
  )
}

/** A second way to prove that it is still them: one touch instead of a code. */
export function PasskeyProof({ shown: { words, mayProve } }: { shown: PasskeysShown }) {
  const { locale } = useRoot()
  const submit = useSubmit()
  const ability = useAbility()
  const [said, setSaid] = useState<string | null>(null)
  if (!mayProve || ability !== "able") return null
  const prove = () =>
    signWithPasskey(pathIn(locale, "/my/devices/passkey"), { for: "prove" }).then(
      (passkey) => submit({ act: "prove-passkey", passkey }, { method: "post" }),
      (error: unknown) => setSaid(error instanceof PasskeyRefused && error.message === "cancelled" ? words.cancelled : words.refused),
    )
  return (
    <>
      <button type="button" className="button quiet wide" onClick={() => void prove()}>
        <Icon name="passkey" />
        {words.prove}
      </button>
      <p className="hint" role="status">
        {said}
      </p>
    </>
  )
}
