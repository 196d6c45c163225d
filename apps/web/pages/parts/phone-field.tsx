import { useState } from "react"
import type { Refused } from "../words/refused.server.ts"
import { Field } from "./field.tsx"

/** The phone as people here write it, parted while it is typed; whatever is pasted is taken as it is. */
export function PhoneField({
  label,
  hint,
  typed,
  refused,
  autoFocus,
  autoComplete = "tel",
}: {
  label: string
  hint?: string
  typed?: string | undefined
  refused?: Refused | undefined
  autoFocus?: boolean
  /** `tel webauthn` where passkeys are offered too; `off` for the number of somebody else */
  autoComplete?: "tel" | "tel webauthn" | "off"
}) {
  const [text, setText] = useState(typed ?? "+375 ")
  return (
    <Field
      {...{ name: "phone", label, hint, refused, autoFocus, autoComplete }}
      type="tel"
      inputMode="tel"
      required
      value={text}
      onChange={({ target, nativeEvent }) =>
        setText((nativeEvent as InputEvent).inputType === "insertText" ? parted(target.value) : target.value)
      }
    />
  )
}

function parted(text: string): string {
  if (!text.startsWith("+375")) return text
  const digits = text.replace(/\D/g, "").slice(3, 12)
  const [code, one, two, three] = [digits.slice(0, 2), digits.slice(2, 5), digits.slice(5, 7), digits.slice(7, 9)]
  return ["+375", code, [one, two, three].filter(Boolean).join("-")].filter(Boolean).join(" ")
}
