import { inTransaction, pointsText, Refusal } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { isFreshlyProven } from "@mila/members"
import { endMembership } from "@mila/membership"
import { Form, redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { type Refused, refused, told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { DATA } from "./words.ts"

/** What leaving means, before it is done. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const balance = await inTransaction(db, async (tx) => (await balancesOf(tx, [session.memberId])).get(session.memberId))
  const givesUp = (balance?.pending ?? 0) + (balance?.available ?? 0) + (balance?.held ?? 0)
  const words = DATA[locale]
  return {
    words,
    givesUp,
    goes: words.leaveGoesSays.replace("{points}", pointsText(givesUp, locale)),
    proven: isFreshlyProven(session, clock.now()),
  }
}

/** Leaving takes a fresh proof of who it is (security case A07), and the points that were shown to be those there are. */
export async function action(loading: Loading) {
  return told(await leave(loading))
}

async function leave(loading: Loading): Promise<Response | { refused: Refused }> {
  const { db, clock, locale, session, cookies } = memberVisitOf(loading)
  const at = clock.now()
  const { memberId } = session
  const form = await loading.request.formData()
  if (!isFreshlyProven(session, at)) return { refused: refused("reauth_required", locale) }
  if (form.get("sure") !== "on") return { refused: refused("malformed", locale) }
  try {
    await inTransaction(db, (tx) =>
      endMembership(tx, { memberId, givesUp: Number(form.get("givesUp")), door: "web", at, by: `member:${memberId}` }),
    )
  } catch (error) {
    if (error instanceof Refusal) return { refused: refused(error.code, locale) }
    throw error
  }
  cookies.forget("session")
  return redirect(pathIn(locale, "/"), { headers: { "clear-site-data": '"cache", "storage"' } })
}

type Props = { loaderData: Awaited<ReturnType<typeof loader>>; actionData?: { refused: Refused } | undefined }

export default function Leave({ loaderData: { words, givesUp, goes, proven }, actionData }: Props) {
  return (
    <main id="main" className="page narrow-text">
      <title>{words.leaveTitle}</title>
      <h1>{words.leaveTitle}</h1>
      <Wrong refused={actionData?.refused} />
      <section className="panel">
        <h2>{words.leaveGoes}</h2>
        <p>{goes}</p>
        {givesUp > 0 && (
          <p className="after">
            <To to="/my/card">{words.leaveSpend}</To>
          </p>
        )}
      </section>
      <section className="panel">
        <h2>{words.leaveStays}</h2>
        <p>{words.leaveStaysSays}</p>
      </section>
      {proven ? (
        <Form method="post" reloadDocument>
          <input type="hidden" name="givesUp" value={givesUp} />
          <label className="tick">
            <input type="checkbox" name="sure" required />
            <span>{words.leaveSure}</span>
          </label>
          <div className="row">
            <button className="button danger">{words.leaveDo}</button>
            <To className="button quiet" to="/my/data">
              {words.leaveStay}
            </To>
          </div>
        </Form>
      ) : (
        <Prove words={words} next="/my/data/leave" />
      )}
    </main>
  )
}

function Prove({ words, next }: { words: Props["loaderData"]["words"]; next: string }) {
  return (
    <section className="panel tinted">
      <h2>{words.prove}</h2>
      <p>{words.proveSays}</p>
      <p className="row">
        <To className="button" to={`/my/devices?prove=${encodeURIComponent(next)}`}>
          {words.proveDo}
        </To>
      </p>
    </section>
  )
}
