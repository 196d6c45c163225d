import type { PublishedText } from "@mila/privacy"

const FIELDS = ["operator", "purposes", "data", "term", "processors", "actions", "rights", "consequences"] as const

type Props = { text: PublishedText; labels: Record<(typeof FIELDS)[number], string>; read: string; needed?: boolean; ticked?: boolean }

/** One consent: its tick, and the whole text apart from any other, one touch away (Law 99-З, article 5). The tick carries the version that was shown. */
export function ConsentTick({ text, labels, read, needed, ticked }: Props) {
  const name = `consent_${text.purpose}`
  return (
    <div className="consent">
      <label className="tick">
        <input type="checkbox" name={name} id={text.purpose} value={text.version} required={needed} defaultChecked={ticked} />
        <span>{text.ask}</span>
      </label>
      <details>
        <summary>
          {read}: {text.title}
        </summary>
        <ConsentText text={text} labels={labels} />
      </details>
    </div>
  )
}

/** The eight fields of a consent, as they were or will be agreed to. */
export function ConsentText({ text, labels }: Pick<Props, "text" | "labels">) {
  return (
    <dl className="eight">
      {FIELDS.map((field) => (
        <div key={field}>
          <dt>{labels[field]}</dt>
          <dd>{text[field]}</dd>
        </div>
      ))}
    </dl>
  )
}
