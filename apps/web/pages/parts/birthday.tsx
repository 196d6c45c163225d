export type BirthdayWords = {
  birthday: string
  optional: string
  birthdayHint: string
  day: string
  month: string
  months: readonly string[]
}

/** A day and a month, each chosen; both empty is none. With `year`, a whole birth date that has to be said. */
export function BirthdayField({
  words,
  day,
  month,
  year,
  wrong,
}: {
  words: BirthdayWords
  day: string
  month: string
  year?: { word: string; typed: string } | undefined
  wrong?: string | undefined
}) {
  return (
    <fieldset className={year ? "field pair three" : "field pair"} aria-describedby={wrong ? "birthday-wrong" : undefined}>
      <legend>
        {words.birthday}
        {year ? null : <span className="soft"> · {words.optional}</span>}
      </legend>
      <select name="birth_day" aria-label={words.day} defaultValue={day} autoComplete="bday-day" required={year !== undefined}>
        <option value="">{words.day}</option>
        {Array.from({ length: 31 }, (_, place) => (
          <option key={place} value={place + 1}>
            {place + 1}
          </option>
        ))}
      </select>
      <select name="birth_month" aria-label={words.month} defaultValue={month} autoComplete="bday-month" required={year !== undefined}>
        <option value="">{words.month}</option>
        {words.months.map((name, place) => (
          <option key={name} value={place + 1}>
            {name}
          </option>
        ))}
      </select>
      {year && (
        <input
          name="birth_year"
          aria-label={year.word}
          placeholder={year.word}
          defaultValue={year.typed}
          autoComplete="bday-year"
          inputMode="numeric"
          pattern="[0-9]{4}"
          maxLength={4}
          required
        />
      )}
      <small className="hint">{words.birthdayHint}</small>
      {wrong ? (
        <strong id="birthday-wrong" className="wrong">
          {wrong}
        </strong>
      ) : null}
    </fieldset>
  )
}
