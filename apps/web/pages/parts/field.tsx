import type { ComponentProps, ReactNode } from "react"
import type { Refused } from "../words/refused.server.ts"

type FieldProps = ComponentProps<"input"> & { name: string; label: string; hint?: ReactNode; note?: string; refused?: Refused | undefined }

/** A labelled input with its hint and what is wrong with it, tied together for whoever listens instead of looking. */
export function Field({ name, label, hint, note, refused, id = name, ...input }: FieldProps) {
  const isWrong = refused?.field === name
  const said = [hint ? `${id}-hint` : "", isWrong ? `${id}-wrong` : ""].filter(Boolean).join(" ")
  return (
    <p className="field">
      <label htmlFor={id}>
        {label}
        {note ? <span className="soft"> · {note}</span> : null}
      </label>
      <input id={id} name={name} aria-invalid={isWrong || undefined} aria-describedby={said || undefined} {...input} />
      {hint ? (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      ) : null}
      {isWrong ? (
        <strong id={`${id}-wrong`} className="wrong">
          {refused.says}
        </strong>
      ) : null}
    </p>
  )
}

/** What is wrong and belongs to no field, or to one that cannot show it. Announced at once. */
export function Wrong({ refused, fields = [] }: { refused: Refused | undefined; fields?: readonly string[] }) {
  if (!refused || (refused.field !== undefined && fields.includes(refused.field))) return null
  return (
    <p className="alert" role="alert">
      {refused.says}
    </p>
  )
}
