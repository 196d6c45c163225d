import { Form, useNavigation } from "react-router"
import { BirthdayField } from "../parts/birthday.tsx"
import { CodeForm } from "../parts/code-form.tsx"
import { ConsentTick } from "../parts/consent.tsx"
import { Field, Wrong } from "../parts/field.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import type { Answer, registration } from "./page.server.ts"

type Shown = Awaited<ReturnType<typeof registration>>
type Props = { shown: Shown; child: NonNullable<Shown["child"]>; actionData?: Answer | undefined }

const STEPS = { code: "child-code", again: "child-resend", other: "child-other" }

/** Under sixteen: the representative proves their phone, and fills in the rest. */
export function ChildSteps({ shown, child, actionData }: Props) {
  const { at, words, sent } = child
  if (at === "phone") return <RepresentativePhone child={child} actionData={actionData} />
  if (sent) return <CodeForm words={{ ...shown.words, ...words }} sent={sent} refused={actionData?.refused} steps={STEPS} />
  return <ChildDetails shown={shown} child={child} actionData={actionData} />
}

function RepresentativePhone({ child: { words }, actionData }: Omit<Props, "shown">) {
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Form method="post" noValidate>
        <Wrong refused={actionData?.refused} fields={["phone"]} />
        <PhoneField
          label={words.phone}
          hint={words.phoneHint}
          typed={actionData?.typed["phone"]}
          refused={actionData?.refused}
          autoComplete="off"
        />
        <button className="button wide" name="step" value="child-phone">
          {words.send}
        </button>
      </Form>
      <Grown words={words} />
    </>
  )
}

function Grown({ words }: { words: Props["child"]["words"] }) {
  return (
    <Form method="post" className="row after">
      <button className="link" name="step" value="grown">
        {words.grown}
      </button>
    </Form>
  )
}

function ChildDetails({ shown: { words: common, phone, texts, fresh }, child: { words, phone: theirs }, actionData }: Props) {
  const busy = useNavigation().state !== "idle"
  const typed = actionData?.typed ?? {}
  const refused = actionData?.refused
  const text = (name: string) => ({ name, defaultValue: typed[name] ?? "", refused, maxLength: 100 })
  const ticks = (kinds: readonly Shown["texts"][number]["kind"][]) =>
    texts
      .filter(({ kind }) => kinds.includes(kind))
      .map((one) => (
        <ConsentTick
          key={one.purpose}
          text={one}
          labels={common.fields}
          read={common.read}
          needed={one.kind !== "asked"}
          ticked={`consent_${one.purpose}` in typed}
        />
      ))
  return (
    <>
      <h1>{words.detailsTitle}</h1>
      <p className="lead">{words.detailsLead.replace("{phone}", theirs).replace("{child}", phone)}</p>
      <Form method="post">
        {(fresh || typed["fresh"] === "1") && <input type="hidden" name="fresh" value="1" />}
        <input type="hidden" name="child" value="1" />
        <Wrong refused={refused} fields={["given", "rep_given", "email", "birthday"]} />
        <h2>{words.child}</h2>
        <Field {...text("given")} label={common.given} autoComplete="off" required />
        <Field {...text("family")} label={common.family} autoComplete="off" />
        <Field {...text("patronymic")} label={common.patronymic} note={common.optional} autoComplete="off" />
        <BirthdayField
          words={{ ...common, birthday: words.birthday, birthdayHint: words.birthdayHint }}
          day={typed["birth_day"] ?? ""}
          month={typed["birth_month"] ?? ""}
          year={{ word: words.year, typed: typed["birth_year"] ?? "" }}
          wrong={refused?.field === "birthday" ? refused.says : undefined}
        />
        <Field {...text("email")} label={common.email} note={common.optional} hint={common.emailHint} type="email" autoComplete="off" />
        <h2>{words.representative}</h2>
        <Field {...text("rep_given")} label={common.given} autoComplete="given-name" required />
        <Field {...text("rep_family")} label={common.family} autoComplete="family-name" />
        <Field {...text("rep_patronymic")} label={common.patronymic} note={common.optional} autoComplete="additional-name" />
        <p className="field">
          <label htmlFor="kinship">{words.kinship}</label>
          <select id="kinship" name="kinship" defaultValue={typed["kinship"] ?? ""} required>
            <option value="">{words.choose}</option>
            {Object.entries(words.kinships).map(([code, says]) => (
              <option key={code} value={code}>
                {says}
              </option>
            ))}
          </select>
        </p>
        <fieldset className="group">
          <legend>{words.needed}</legend>
          {ticks(["child", "needed"])}
        </fieldset>
        <fieldset className="group">
          <legend>{words.asked}</legend>
          {ticks(["asked"])}
        </fieldset>
        <button className="button wide" name="step" value="details" disabled={busy}>
          {words.make}
        </button>
      </Form>
      <Grown words={words} />
    </>
  )
}
