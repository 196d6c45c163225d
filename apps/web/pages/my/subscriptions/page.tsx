import { dayIn, inTransaction, MINSK, momentText } from "@mila/kernel"
import { classOf, outboxOf } from "@mila/messages"
import { currentTexts, giveConsents, heldBy, isPurpose, withdrawConsents } from "@mila/privacy"
import { Form, redirect } from "react-router"
import { formText } from "../../parts/form-text.ts"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { SUBSCRIPTIONS } from "./words.ts"

const CHANNELS = ["ads_sms", "ads_email", "ads_push", "profiling"] as const

/** What comes to a person, why, and what they can turn off. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const { memberId } = session
  const at = clock.now()
  const words = SUBSCRIPTIONS[locale]
  return inTransaction(db, async (tx) => {
    const held = await heldBy(tx, { memberId, at })
    const texts = await currentTexts(tx, locale, at)
    const messages = (await outboxOf(tx, { memberId, most: 20 })).filter(({ template }) => template !== "confirmation_code")
    return {
      words,
      done: new URL(loading.request.url).searchParams.has("done"),
      channels: CHANNELS.map((purpose) => ({
        purpose,
        title: purpose === "profiling" ? words.profiling : `${words.ads}: ${words.channels[purpose]}`,
        version: texts.get(purpose)!.version,
        on: held.has(purpose),
      })),
      messages: messages.slice(0, 10).map(({ messageId, channel, subject, text, template, queuedAt }) => ({
        messageId,
        text: subject ?? text,
        says: `${words[channel]} · ${momentText(queuedAt, locale, dayIn(MINSK, at))} · ${words.why[classOf(template)]}`,
      })),
    }
  })
}

export async function action(loading: Loading) {
  const { db, clock, locale, session, ip, deviceName } = memberVisitOf(loading)
  const { memberId } = session
  const form = await loading.request.formData()
  const purpose = formText(form, "purpose")
  const how = { memberId, means: "tick", door: "web", at: clock.now(), by: `member:${memberId}` } as const
  if (isPurpose(purpose)) {
    await inTransaction(db, (tx) =>
      form.get("act") === "on"
        ? giveConsents(tx, {
            ...how,
            given: [{ purpose, version: Number(form.get("version")) }],
            locale,
            origin: { ip, device: deviceName },
          })
        : withdrawConsents(tx, { ...how, purposes: [purpose] }),
    )
  }
  return redirect(`${pathIn(locale, "/my/subscriptions")}?done`)
}

export default function Subscriptions({
  loaderData: { words, done, channels, messages },
}: {
  loaderData: Awaited<ReturnType<typeof loader>>
}) {
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {done && (
        <p className="notice" role="status">
          {words.done}
        </p>
      )}
      <section className="panel">
        <h2>{words.what}</h2>
        <ul className="rows">
          <li>
            <b>{words.service}</b>
            <small>{words.serviceSays}</small>
          </li>
          {channels.map(({ purpose, title, version, on }) => (
            <li key={purpose}>
              <div className="two">
                <b>{title}</b>
                <Form method="post" className="inline" preventScrollReset>
                  <input type="hidden" name="purpose" value={purpose} />
                  <input type="hidden" name="version" value={version} />
                  <button
                    className="link"
                    name="act"
                    value={on ? "off" : "on"}
                    aria-label={`${on ? words.turnOff : words.turnOn}: ${title}`}
                  >
                    {on ? words.turnOff : words.turnOn}
                  </button>
                </Form>
              </div>
              <small className={on ? "plus" : undefined}>{on ? words.on : words.off}</small>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{words.rules}</h2>
        <ul className="rows">
          {words.promises.map((promise) => (
            <li key={promise}>{promise}</li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{words.last}</h2>
        {messages.length === 0 && <p className="soft">{words.lastNone}</p>}
        <ul className="rows">
          {messages.map(({ messageId, text, says }) => (
            <li key={messageId}>
              <span className="message">{text}</span>
              <small>{says}</small>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
