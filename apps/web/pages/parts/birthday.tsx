export type BirthdayWords = {
  birthday: string
  optional: string
  birthdayHint: string
  day: string
  month: string
  months: readonly string[]
}

/** A day and a month, each chosen; both empty is none. */
export function BirthdayField({
  words,
  day,
  month,
  wrong,
}: {
  words: BirthdayWords
  day: string
  month: string
  wrong?: string | undefined
}) {
  return (
    <fieldset className="field pair" aria-describedby={wrong ? "birthday-wrong" : undefined}>
      <legend>
        {words.birthday}
        <span className="soft"> · {words.optional}</span>
      </legend>
      <select name="birth_day" aria-label={words.day} defaultValue={day} autoComplete="bday-day">
        <option value="">{words.day}</option>
        {Array.from({ length: 31 }, (_, place) => (
          <option key={place} value={place + 1}>
            {place + 1}
          </option>
        ))}
      </select>
      <select name="birth_month" aria-label={words.month} defaultValue={month} autoComplete="bday-month">
        <option value="">{words.month}</option>
        {words.months.map((name, place) => (
          <option key={name} value={place + 1}>
            {name}
          </option>
        ))}
      </select>
      <small className="hint">{words.birthdayHint}</small>
      {wrong ? (
        <strong id="birthday-wrong" className="wrong">
          {wrong}
        </strong>
      ) : null}
    </fieldset>
  )
}
